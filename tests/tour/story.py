"""story.py - one day at the factory, hour by hour: what happens, in a sentence in both languages, and what is proved by it.

A step is a function of the tour and its four sentences; what the function gives fills the braces of the last two. To tell
more of the day, write a function and add its row.
"""
import dock
import faults
import month
import morning
import orders
import shift


def kills(tour):
    kiosks, servers = faults.kills(tour)
    tour.measured("kill kiosk", kiosks)
    tour.measured("kill server", servers)
    return {"kiosks": kiosks, "servers": servers}


def network(tour):
    return broken(tour, faults.NETWORK)


def power(tour):
    return broken(tour, faults.POWER)


def broken(tour, what_breaks):
    """Each fault strikes; then nothing is lost and nothing is there twice."""
    for what, strike in what_breaks:
        if what == "disk full" and not tour.disk:
            tour.say("SKIPPED disk full: only root can mount a small disk")
            continue
        tour.late_over |= what == "answer late"
        tour.measured(what, strike(tour), None if tour.late_over else [tour.a.kiosk.id])
    return {"kinds": len(what_breaks)}


def health(tour):
    """How the office sees its kiosks afterwards."""
    tour.town.drained()
    tour.page_shot("admin", "kiosks", "kiosks")
    tour.page_shot("admin", "exceptions", "exceptions")


BY_THE_CLOCK = ("09:00", "10:30", "11:30", "16:30", "20:00", "23:40")  # these begin when the clock says so

# hour, its name, steps: (function, what happens, what is proved) in Chinese and English
DAY = [
    ("08:00", "开门", "The gates open", [
        (morning.opened, "办公室的电脑开机，一次性链接设密码，导入工人、工序、工价，给每个人一个账号。",
         "The office's PC starts; a one-time link sets the first password, tables come in, everybody gets an account of his own.",
         "没有默认密码；那个链接用过一次就作废。{users} 个账号。", "There is no default password, and the link works once. {users} accounts."),
        (morning.badges, "印工牌和命令卡。", "Badges and command cards are printed.",
         "从纸上读回 {codes} 个条码，一天里只扫纸上有的。", "{codes} codes were read back from the paper; all day nothing is scanned that doesn't stand on one."),
        (morning.kiosks, "三台工位机扫码入网，还有一台别人照协议写的。", "Three kiosks are enrolled by a scan, and one that somebody else wrote from docs/protocol.md.",
         "每台有自己的钥匙，认得服务器的证书。", "Each has a key of its own and knows the server's certificate."),
    ]),
    ("08:20", "接单到下发", "An order comes in", [
        (orders.placed, "客户发来采购单：登记、录入、报价，客户确认。", "A customer sends his order: entered with its writing, quoted, confirmed.",
         "没有书面来源不收；没确认不能做生产单。订单 {order}，{yuan} 元。", "Refused without its writing; no sheet without his confirmation. Order {order}, {yuan} yuan."),
        (orders.deposit, "订金到账：接单登记，财务确认。", "The deposit: announced by the desk, confirmed by finance.",
         "订金没到，生产灯是红的；谁登记的谁不能确认。", "Without it the production light stays red; nobody confirms what he announced himself."),
        (orders.signed, "生产单按报价生成，五个人各看各的，签字，下发。", "The sheet is made from the quote; five people check their part, sign, and it is released.",
         "少一个签字就下不去。", "With one signature missing it isn't released."),
        (orders.printed, "打印流程单，每个部件一张。", "The sheets are printed, one for each part.",
         "{papers} 张，条码读回无误；同一张不能印第二次。", "{papers} papers, their codes read back; none is printed twice."),
    ]),
    ("09:00", "上工", "At the kiosks", [
        (orders.first, "扫工牌、扫单、点个数，绿了就走。", "Badge, sheet, a number: green, and he walks away.",
         "绿的时候，这一笔已经在盘上。", "When it is green, the entry is on the disk."),
        (shift.work, "一上午的活：有人先扫牌，有人先扫单，有人用卡片不碰屏。", "The morning's work: badge first or sheet first, by touch or by cards alone.",
         "{entries} 笔，人看到存好的，服务器一笔不少；丢了回执也不重。", "{entries} entries; each that a worker saw as saved is at the server, and a lost receipt doubles none."),
        (shift.crew, "班组三人一起做，平分。", "A crew of three shares.",
         "1.00 元分成 0.34、0.33、0.33，一分不差。", "1.00 yuan makes 0.34, 0.33 and 0.33: not a fen is lost."),
        (shift.mistakes, "做坏两件、撤销一笔、扫了别家的条码。", "Two bad pieces, one entry taken back, a barcode that isn't ours.",
         "改的是新的一笔，原来那笔还在；读不懂的，红，说明原因，什么都不记。", "A correction is an entry of its own and the first one stays; what can't be read is red with a reason, and nothing is recorded."),
        (shift.question, "同一张单二十秒里又扫一次。", "The same sheet again within seconds.",
         "它问一句；说“不是”，就没有第二笔。", "It asks; after a no there is no second entry."),
        (shift.amber, "没见过的单、做超了的数。", "A sheet that nobody knows; more pieces than are planned.",
         "黄的：存下了，待核；不丢，也不白算。", "Amber: saved and held. It isn't lost, and it isn't paid before somebody decides."),
        (shift.supervisor, "主管一眼看全：工位机上，办公室里。", "The supervisor sees all of it at one glance, at the kiosk and in the office.",
         "两边说的是同一个数。", "Both tell the same figures."),
    ]),
    ("10:30", "停单与更改", "A stop and a change", [
        (shift.stop, "门扇尺寸改了，一点就停。焊接那台正好断网。", "A size is wrong: stopped by one touch. The welders' kiosk happens to be offline.",
         "知道的工位机拒收并说明原因；停之前做的，存下待核；还不知道的那台，照付。旧单收齐才完。", "Kiosks that know refuse it and say why; what was made before is saved and held; who couldn't know is paid. Its papers are all collected."),
        (orders.change, "客户改开向：停下，收旧单，做好的哪些留、哪些重做。", "The customer wants it to open the other way: stopped, papers collected, what was made stays or is made again.",
         "{copies} 张旧单全收回；每道工序留几件、重做几件都定了才往下走。", "{copies} of {copies} papers are back; for each operation it is decided what stays."),
        (orders.anew, "新版流程单：差在哪写明，五人重签，重印。", "The new revision: its difference explained, signed by five again, printed.",
         "旧单再扫是红的；新单接着做，做好的不用再做。", "The old paper is red; on the new one the work goes on from what stays."),
    ]),
    ("11:30", "发货", "The dock", [
        (dock.release, "门装好了，钱没到齐，车在等。", "The doors are packed, the money isn't in, the truck waits.",
         "没付清：门口是红的，送货单也印不出来。财务一确认，没人碰它就变绿，装车，出单。", "Unpaid: red at the dock, and no delivery note is printed. Finance confirms, it turns green untouched, and the doors are loaded."),
    ]),
    ("12:00", "网断了", "The network goes", [
        (network, "回执丢了、断在一半、来了两遍、上网登录页、假服务器，最后整整断四个小时。", "Answers lost, cut, late, twice, a login page, a false server; then four hours of nothing.",
         "{kinds} 种坏法，工人照样干；网一回来自己补传，一笔不丢，一笔不重。", "{kinds} kinds of trouble; work goes on, and when the network is back all of it arrives by itself: nothing lost, nothing twice."),
    ]),
    ("16:30", "工钱", "Wages", [
        (shift.decide, "做超的两件，办公室量过了，算。", "Two pieces over the plan: the office measured them, and they count.",
         "定了就没了，别的待核一条不动。", "Decided is decided; nothing else that waits is touched."),
        (shift.dispute, "工人看自己的工钱，说有一笔不对；办公室答复。", "A worker reads his pay behind his PIN and says that an entry is wrong; the office answers.",
         "答复写在他自己那页上。", "The answer stands on his own page."),
    ]),
    ("20:00", "夜班，什么都坏", "The night shift, and everything breaks", [
        (kills, "干活干到一半停电，一次又一次。", "Power goes in the middle of an entry, again and again.",
         "工位机被杀 {kiosks} 次，服务器 {servers} 次：一笔不丢，一笔不重。", "Kiosks killed {kiosks} times, the server {servers} times: nothing lost, nothing twice."),
        (power, "服务器的盘退回旧的、换成空的；工位机被克隆、退回旧的、钟在 1970 年；盘满了。", "The server's disk is an older copy, then an empty one; a kiosk is cloned, set back, its clock says 1970; a disk is full.",
         "{kinds} 种都好了；空服务器不问办公室，一笔也不收。", "All {kinds} heal; an empty server takes nothing before the office says so."),
        (health, "办公室看每台工位机怎样，还有什么要人定。", "The office sees how each kiosk does, and what needs a person.",
         "每台都传完了；克隆的那台，点了名。", "All have sent everything; the clone is named."),
    ]),
    ("23:40", "过了午夜", "Past midnight", [
        (shift.midnight, "夜班跨过零点。", "The night shift goes on past midnight.",
         "班次日期还是昨晚的；早班才换新的一天。", "Its shift date stays that of the evening; the morning is a new day."),
    ]),
    ("09:40", "第二天，对工钱", "The next day: the figures", [
        (month.show, "每个屏、每一页，各一张。", "Each screen and each page once.", "", ""),
        (month.pay, "每个人的工钱，五个地方各读一遍。", "Everybody's wage, read in five places.",
         "{workers} 个人，{yuan} 元：工位机、页面、接口、表格、另一个程序从原始记录算的，全都一样。", "{workers} people, {yuan} yuan: kiosk, page, API, CSV, and a program of its own from the raw events say the same."),
        (month.prove, "账本整个重算一遍；手改一行试试。", "The books are computed anew; and one row is altered by hand.",
         "{rows} 行全等；手改的那行，点了名。{check}", "{rows} rows are equal; the altered one is named. {check}"),
    ]),
    ("月底", "关账", "The month's end", [
        (month.closing, "核对，两个人一起关账。", "The month is checked, and closed by two persons.",
         "一个人关不了。{lines} 行，{yuan} 元，和原始记录算的一分不差。", "One alone can't. {lines} lines, {yuan} yuan: to the fen what the raw events come to."),
        (month.slips, "工资条、签字表。", "Slips, and the list to sign.",
         "{slips} 张，加起来就是那个数。", "{slips} slips; they add up to it."),
    ]),
]
