"""Words that begin with a character that would belong to a time before it, and so leave the time alone."""

from __future__ import annotations

# 内 is the head of a name or word before these (7日内塔尼亚胡, 8日内政部); and "within" before those all the same
WITHIN_NOT_BEFORE = (
    "部", "阁", "政", "容", "战", "陆", "地", "蒙", "外", "塔", "罗毕", "贾德", "线", "务部", "务大臣", "务委", "华达",
    "比都", "盖夫", "马尔", "布拉斯加", "维尔", "乱", "讧", "幕", "河航",
)  # fmt: skip
WITHIN_BUT_BEFORE = (
    "部署", "部分", "部队", "陆续", "陆军", "政府", "政治", "政策", "政党", "外国", "外长", "外交", "外界", "外资",
    "塔利班", "地方", "地面", "战机", "战斗", "容许",
)  # fmt: skip
# 后 is "after" before these although 后方 is a word
AFTER_BUT_BEFORE = ("方可", "方能", "方才")
# a month before these is none: 十月革命, 五月花号
MONTH_NOT_BEFORE = (
    "革命", "花号", "花公约", "花酒店", "流火", "飞雪", "飞霜", "党人", "围城", "炮火", "危机",
)  # fmt: skip
# 近三个月 after these is how long it took, not the time up to now
LENGTH_NOT_PAST = (
    "持续", "历时", "长达", "为时", "耗时", "延续", "进行", "举行", "长谈", "会谈", "会晤", "谈判", "通话", "交谈",
    "磋商", "会见", "等待", "等", "用时", "费时", "花费", "达", "停留", "逗留", "中断", "推迟", "拖延", "僵持", "关押",
    "羁押", "扣押",
)  # fmt: skip
