namespace LaborBridge.Domain;

/// <summary>The sex in the resident ID. For statistics only; it never reaches the engine or a firm.</summary>
public enum Sex
{
    /// <summary>男.</summary>
    [Word("男", "male", "男性", "M")]
    Male = 1,

    /// <summary>女.</summary>
    [Word("女", "female", "女性", "F")]
    Female = 2,
}

/// <summary>Education (文化程度), from the roster's words.</summary>
public enum Education
{
    /// <summary>文盲或半文盲.</summary>
    [Word("文盲或半文盲", "no schooling", "文盲", "半文盲", "文盲半文盲", "文盲、半文盲", "文盲/半文盲", "未上学", "无")]
    None,

    /// <summary>小学.</summary>
    [Word("小学", "primary school", "小学文化")]
    Primary,

    /// <summary>初中.</summary>
    [Word("初中", "junior middle school", "初级中学", "初中文化")]
    JuniorMiddle,

    /// <summary>高中.</summary>
    [Word("高中", "senior middle school", "高级中学", "普通高中", "高中文化", "高中/中专", "高中或中专")]
    SeniorMiddle,

    /// <summary>中专、中职、技校.</summary>
    [Word("中专", "secondary vocational school", "中职", "职高", "技校", "技工学校", "中等职业", "中等职业教育", "中等专科")]
    SecondaryVocational,

    /// <summary>大专.</summary>
    [Word("大专", "college", "专科", "高职", "大学专科", "高职高专", "大专及以上")]
    College,

    /// <summary>本科及以上.</summary>
    [Word("本科及以上", "bachelor or higher", "本科", "大学", "大学本科", "研究生", "硕士", "博士", "硕士研究生", "博士研究生")]
    Bachelor,
}

/// <summary>Labour capacity (劳动能力; the roster's header for it is 劳动技能). It is never a skill.</summary>
public enum LabourCapacity
{
    /// <summary>普通劳动力.</summary>
    [Word("普通劳动力", "ordinary", "普通劳动能力", "普通")]
    Ordinary,

    /// <summary>技能劳动力.</summary>
    [Word("技能劳动力", "skilled", "技能")]
    Skilled,

    /// <summary>弱劳动力或半劳动力.</summary>
    [Word("弱劳动力或半劳动力", "weak or half", "弱劳动力", "半劳动力", "弱劳力或半劳力", "弱劳力", "半劳力")]
    Weak,

    /// <summary>丧失劳动力.</summary>
    [Word("丧失劳动力", "lost", "丧失劳动能力")]
    Lost,

    /// <summary>无劳动力.</summary>
    [Word("无劳动力", "none", "无劳动能力", "无")]
    None,
}

/// <summary>The grade of a skill (技能等级).</summary>
public enum SkillGrade
{
    /// <summary>无.</summary>
    [Word("无", "none", "无等级", "无证")]
    None,

    /// <summary>初级.</summary>
    [Word("初级", "junior", "初级工", "五级", "初级技工", "五级/初级工")]
    Junior,

    /// <summary>中级.</summary>
    [Word("中级", "intermediate", "中级工", "四级", "中级技工", "四级/中级工")]
    Intermediate,

    /// <summary>高级技工.</summary>
    [Word("高级技工", "senior", "高级", "高级工", "三级", "三级/高级工")]
    Senior,

    /// <summary>技师.</summary>
    [Word("技师", "technician", "二级", "二级/技师")]
    Technician,

    /// <summary>高级技师.</summary>
    [Word("高级技师", "senior technician", "一级", "一级/高级技师")]
    SeniorTechnician,
}
