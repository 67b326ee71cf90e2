using LaborBridge.Domain;

namespace LaborBridge.Placements;

/// <summary>Where a placement stands.</summary>
internal enum PlacementState
{
    [Word("录用", "hired")]
    Hired,

    [Word("已签合同", "contracted")]
    Contracted,

    [Word("途中", "travelling")]
    Travelling,

    [Word("已抵达", "arrived")]
    Arrived,

    [Word("在岗", "on post")]
    OnPost,

    [Word("休假", "on leave")]
    OnLeave,

    [Word("报到未录用", "refused at the gate")]
    Refused,

    [Word("已离岗", "left")]
    Left,
}

/// <summary>How a spell became known.</summary>
internal enum Source
{
    Platform,
    Roster,
    FirmList,
    SelfReported,
}

/// <summary>What the ledger records. The first of a placement is <see cref="Opened"/>; the last four are no steps of a placement.</summary>
internal enum EntryKind
{
    [Word("录用", "hired")]
    Opened,

    [Word("合同签订", "contract")]
    Contract,

    [Word("输送出发", "departed")]
    Departed,

    [Word("抵达交接", "arrived")]
    Arrived,

    [Word("报到未录用", "refused at the gate")]
    Refused,

    [Word("上岗", "started")]
    Started,

    [Word("休假", "leave")]
    Leave,

    [Word("返岗", "back")]
    Back,

    [Word("在岗凭证", "evidence")]
    Evidence,

    [Word("离岗", "left")]
    Left,

    [Word("未到场", "no-show")]
    NoShow,

    [Word("更正", "correction")]
    Correction,

    [Word("人员信息", "worker")]
    Worker,

    [Word("单位信息", "employer")]
    Employer,

    [Word("培训", "training")]
    Training,

    [Word("合并档案", "records merged")]
    Merged,

    [Word("撤销合并", "merger undone")]
    Separated,
}
