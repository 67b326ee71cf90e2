using LaborBridge.Persistence;

namespace LaborBridge.Employers.Papers;

/// <summary>A paper as listed; its file is in <c>paper_parts</c>.</summary>
internal sealed class PaperRow
{
    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required Guid EmployerId { get; init; }
    public Guid? SiteId { get; init; }
    public required string Format { get; init; }
    public required byte[] FileName { get; init; }
    public required byte[] FileKey { get; init; }
    public required byte[] FileHash { get; init; }
    public required long FileSize { get; init; }
    public required int Decisions { get; init; }
    public required string UploadedBy { get; init; }
    public required string UploaderRole { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }

    public const string Columns = "id, version, employer_id, site_id, format, file_name, file_key, file_hash, file_size, decisions, uploaded_by, uploader_role, uploaded_at";

    public static readonly SealedFiles Files = new("papers", "paper_parts", "paper_id");

    /// <summary>What is under the key ring: the keys of the files, their names (people put names into them) and their hashes.</summary>
    public static readonly SealedColumn[] Sealed = [Files.Keys, new("papers", "id", "file_name"), new("papers", "id", "file_hash")];

    public string Name(KeyRing keys) => keys.Decrypt("papers", "file_name", Id, FileName);

    /// <summary>As answered. Whoever sent it is told as a role: accounts have names.</summary>
    public object View(KeyRing keys) => new { Id, Version, EmployerId, site = SiteId, fileName = Name(keys), Format, size = FileSize, named = Decisions > 0, uploadedBy = UploaderRole, UploadedAt };
}
