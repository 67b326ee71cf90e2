using LaborBridge.Persistence;
using Xunit;

namespace LaborBridge.Tests.Services.Employers;

public abstract class Planning_a_project(SqlKind kind) : IAsyncLifetime
{
    private EmployersHost host = null!;

    public async ValueTask InitializeAsync() => host = await EmployersHost.Start(kind);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task states_posts_by_day_and_group_beside_what_its_postings_offer()
    {
        var made = (await host.Firm.Post(Path, Plan("服装基地"))).Is(201);
        await host.Live(new { project = "服装基地", headcount = 20 });
        await host.Live(new { project = " 服装基地 ", headcount = 30 });
        await host.Save(new { project = "服装基地", headcount = 500 });
        await host.Live(new { headcount = 7 });

        var project = Assert.Single((await host.Haicang.Get(Path)).Is(200).Items);

        Assert.Equal((2, 50, 0), ((int)project["postings"]!, (int)project["offered"]!, (int)project["accepted"]!));
        Assert.Equal(["350 缝纫", "200 后整", "550 缝纫"], project["planned"]!.AsArray().Select(line => $"{line!["posts"]} {line["group"]}"));
        var changed = (await host.Firm.Put($"/api/projects/{made.Id}", Plan("服装基地二期"), made.ETag)).Is(200);
        Assert.Equal(("服装基地二期", 0), ((string?)changed.Json["name"], (int)changed.Json["postings"]!));
        (await host.Firm.Put($"/api/projects/{made.Id}", Plan("三期"), made.ETag)).Is(412);
    }

    [Fact]
    public async Task belongs_to_the_firm_and_those_who_look_after_it()
    {
        (await host.Xiji.Post(Path, Plan("别人的"))).Is(404);
        (await host.Xiji.Get(Path)).Is(404);
        (await host.Firm.Post(Path, Plan("一期"))).Is(201);
        (await host.Firm.Post(Path, Plan("一期"))).Is(409, "already-registered");
        var refused = (await host.Firm.Post(Path, new { name = "", planned = new[] { new { posts = 0 } } })).Is(400, "validation");
        Assert.Equal(("required", "required", "out-of-range"), (refused.FieldCode("name"), refused.FieldCode("planned[0].by"), refused.FieldCode("planned[0].posts")));
    }

    private string Path => $"/api/employers/{host.FirmId}/projects";

    private static object Plan(string name) => new
    {
        name,
        planned = new[] { new { by = "2027-06-30", group = "缝纫", posts = 550 }, new { by = "2027-03-01", group = "缝纫", posts = 350 }, new { by = "2027-06-30", group = "后整", posts = 200 } },
    };

    public sealed class On_SQLite() : Planning_a_project(SqlKind.Sqlite);

    public sealed class On_PostgreSQL() : Planning_a_project(SqlKind.PostgreSql);
}
