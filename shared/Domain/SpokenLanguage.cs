namespace LaborBridge.Domain;

/// <summary>
/// Languages that are asked for on the way from Ningxia to Fujian. A worker says himself what he speaks: never inferred from home or ethnic group.
/// With the code of ISO 639-3; the speech of the north-west counts there as Mandarin and has none of its own.
/// </summary>
public enum SpokenLanguage
{
    /// <summary>普通话 (cmn).</summary>
    [Word("普通话", "Mandarin", "国语")]
    Mandarin,

    /// <summary>西北方言, spoken in Ningxia.</summary>
    [Word("西北方言", "north-western dialect", "宁夏话", "兰银官话", "中原官话")]
    Northwestern,

    /// <summary>闽南语 (nan), spoken in Xiamen, Quanzhou and Zhangzhou.</summary>
    [Word("闽南语", "Southern Min", "闽南话")]
    Minnan,

    /// <summary>福州话 (cdo), spoken in Fuzhou and Ningde.</summary>
    [Word("福州话", "Eastern Min", "闽东语", "闽东话")]
    Mindong,

    /// <summary>莆仙话 (cpx), spoken in Putian.</summary>
    [Word("莆仙话", "Pu-Xian Min", "莆田话", "兴化话")]
    Puxian,
}
