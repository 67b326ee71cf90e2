using System.Text.Json;
using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters;

namespace LaborBridge.Workers;

/// <summary>
/// Everything that is held of a person, for the person (PIPL art. 45): as JSON for machines, as a sheet to read. In clear, so it stands in the access log before it leaves.
/// </summary>
internal static class ExportPerson
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Purpose = "copy of the data for the person (PIPL 45)";

    private static readonly Sql SelectTrainings = Sql.Text("""
        SELECT id, worker_id, trade, title, provider, hours, finished_on, recorded_by, recorded_at FROM trainings WHERE worker_id = @Worker ORDER BY finished_on, id
        """);

    private static readonly Sql SelectSteps = Sql.Text("""
        SELECT kind, happened_on AS day, known_at AS at, actor, detail FROM worker_steps WHERE worker_id = @Worker ORDER BY known_at, ordinal, id
        """);

    private static readonly Sql SelectSeen = Sql.Text("SELECT seen_at AS at, actor, actor_role AS role, purpose FROM access_log WHERE worker_id = @Worker ORDER BY entry");

    private static readonly Sql SelectPlacements = Sql.Text("""
        SELECT placement_id, worker_id, employer_id, workplace_division, state, running FROM worker_placements WHERE worker_id = @Worker ORDER BY placement_id
        """);

    /// <summary>The whole.</summary>
    internal sealed record Copy(
        DateTimeOffset MadeAt, Guid Id, string Name, string ResidentId, IReadOnlyList<string> Phones, string Sex, string Status, string Hukou, string Home, AddressBody Address,
        string? Health, string? EthnicGroup, string? HouseholdNumber, IReadOnlyList<DatedStatus> HouseholdStatuses, string? PersonNumber, string? RelationToHead, string? Education,
        string? LabourCapacity, IReadOnlyList<Skill> Skills, IReadOnlyList<string> Certificates, IReadOnlyList<string> Groups, WishesBody? Wishes, IReadOnlyList<ConsentView> Consents,
        IReadOnlyList<Course> Trainings, IReadOnlyList<PlacementCopy> Placements, IReadOnlyList<Spell> SelfFoundSpells, IReadOnlyList<Happened> Timeline, IReadOnlyList<Seen> SeenBy)
    {
        /// <summary>Nothing of it: it may reach a log.</summary>
        public override string ToString() => nameof(Copy);
    }

    internal sealed record Course(string Trade, string Title, string? Provider, int? Hours, DateOnly On);

    internal sealed record Spell(DateOnly From, DateOnly? To, int Months, string Workplace, string? WorkplaceText, string? Employer, string Channel);

    internal sealed class Happened
    {
        public required string Kind { get; init; }
        public required DateOnly Day { get; init; }
        public required DateTimeOffset At { get; init; }
        public string? Actor { get; init; }
        public string? Detail { get; init; }
    }

    internal sealed class Seen
    {
        public required DateTimeOffset At { get; init; }
        public required string Actor { get; init; }
        public required string Role { get; init; }
        public required string Purpose { get; init; }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/workers/{id:guid}/export", (Guid id, HttpContext http, Db<WorkersService> db, Sealing sealing, WorkerWriter writer, TimeProvider time) =>
            Handle(http, id, db, sealing, writer, time, copy => Results.Json(copy, JsonText.Options)))
            .Allow(Role.Station, Role.Official).WithName("ExportPerson").Produces<Copy>();
        app.MapGet("/api/workers/{id:guid}/export.xlsx", (Guid id, HttpContext http, Db<WorkersService> db, Sealing sealing, WorkerWriter writer, TimeProvider time) =>
            Handle(http, id, db, sealing, writer, time, copy => Results.Stream(Sheet(copy, http.Language()), Workbook, "个人信息.xlsx")))
            .Allow(Role.Station, Role.Official).WithName("ExportPersonSheet").Produces(200, contentType: Workbook);
    }

    private static async Task<IResult> Handle(HttpContext http, Guid id, Db<WorkersService> db, Sealing sealing, WorkerWriter writer, TimeProvider time, Func<Copy, IResult> answer)
    {
        var caller = http.Caller();
        var (copy, problem) = await db.Write(tx => Make(tx, caller, id, sealing, writer, time), repeatable: true, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return copy is null ? new ProblemResult(problem!) : answer(copy);
    }

    private static async Task<(Copy? Copy, Problem? Problem)> Make(Tx tx, Caller caller, Guid id, Sealing sealing, WorkerWriter writer, TimeProvider time)
    {
        if (await WorkerStore.Find(tx, caller, id) is not { } row)
        {
            return (null, Problem.NotFound());
        }

        if (sealing.Open(row) is not { } person)
        {
            return (null, Locked.Erased());
        }

        var now = time.GetUtcNow();
        await AccessLog.Append(tx, [id], caller, Purpose, now);
        await WorkerStore.InsertSteps(tx, [writer.Step(id, "exported", caller.Name)]);
        var (clear, of) = (RevealWorker.InClear(person), new { Worker = id });
        return (new Copy(
            now, id, clear.Name, clear.ResidentId, clear.Phones, row.Sex, row.Status, row.Hukou, row.HomeDivision, new AddressBody(row.AddressDivision, person.AddressText), person.Health,
            person.EthnicGroup, row.HouseholdNumber, await WorkerStore.Statuses(tx, row.HouseholdNumber), row.PersonNumber, row.RelationToHead, row.Education, row.LabourCapacity,
            Stored.Skills(row), Stored.Certificates(row), Stored.Groups(row), Stored.Wishes(row) is { } wishes ? WishesBody.Of(wishes) : null,
            [.. (await WorkerStore.Consents(tx, id)).Select(ConsentView.Of)],
            [.. (await tx.Query<FinishTraining.TrainingRow>(SelectTrainings, of)).Select(one => new Course(one.Trade, one.Title, one.Provider, one.Hours, one.FinishedOn))],
            await tx.Query<PlacementCopy>(SelectPlacements, of),
            [.. (await RosterStore.SpellsOf(tx, [id]))[id].Select(one => new Spell(one.StartedOn, one.EndedOn, one.Months, one.WorkplaceDivision, one.WorkplaceText, one.EmployerName, one.Channel))],
            await tx.Query<Happened>(SelectSteps, of), await tx.Query<Seen>(SelectSeen, of)), null);
    }

    /// <summary>A line for each value: what it is, the value.</summary>
    private static MemoryStream Sheet(Copy copy, Language language)
    {
        var stream = new MemoryStream();
        using (var sheet = new SheetWriter(stream, language == Language.En ? "Personal data" : "个人信息"))
        {
            sheet.Write(language == Language.En ? ["what", "value"] : ["项目", "内容"], RowColour.Header);
            using var json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(copy, JsonText.Options));
            foreach (var (path, value) in Lines(json.RootElement, ""))
            {
                sheet.Write([Label(path, language), value]);
            }
        }

        stream.Position = 0;
        return stream;
    }

    private static IEnumerable<(string Path, string Value)> Lines(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(one => Lines(one.Value, path.Length == 0 ? one.Name : $"{path} {one.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((one, i) => Lines(one, $"{path} {i + 1}")),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => [(path, element.ToString())],
    };

    // The first word of the path, in Chinese where the reader wants it; what is below it keeps the contract's name.
    private static string Label(string path, Language language)
    {
        var words = path.Split(' ', 2);
        var first = language == Language.Zh && Labels.TryGetValue(words[0], out var chinese) ? chinese : words[0];
        return words.Length > 1 ? $"{first} {words[1]}" : first;
    }

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["madeAt"] = "导出时间", ["id"] = "编号", ["name"] = "姓名", ["residentId"] = "公民身份号码", ["phones"] = "电话", ["sex"] = "性别", ["status"] = "状态", ["hukou"] = "户籍", ["home"] = "户籍地区划",
        ["address"] = "现住址", ["health"] = "健康状况", ["ethnicGroup"] = "民族", ["householdNumber"] = "户编号", ["householdStatuses"] = "户类型", ["personNumber"] = "人口编号",
        ["relationToHead"] = "与户主关系", ["education"] = "文化程度", ["labourCapacity"] = "劳动能力", ["skills"] = "技能", ["certificates"] = "证书", ["groups"] = "群体", ["wishes"] = "求职意愿",
        ["consents"] = "同意", ["trainings"] = "培训", ["placements"] = "务工", ["selfFoundSpells"] = "自主务工经历", ["timeline"] = "经过", ["seenBy"] = "谁查看过",
    };
}
