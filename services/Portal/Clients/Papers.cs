namespace LaborBridge.Portal.Clients;

/// <summary>A paper that proves a firm or one of its sites, with the role of who sent it. Once a decision names it, it stays.</summary>
internal sealed record Paper(Guid Id, long Version, Guid EmployerId, Guid? Site, string FileName, string Format, long Size, bool Named, string UploadedBy, DateTimeOffset UploadedAt)
{
    /// <summary>Where a station or an official downloads it.</summary>
    public static string Path(Guid employer, Guid paper) => $"/station/firms/{employer}/papers?handler=File&paper={paper}";
}

/// <summary>What was decided about a firm before.</summary>
internal sealed record PastVerifications(Guid Firm, IReadOnlyList<Verification> Items);
