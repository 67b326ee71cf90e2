using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Laboratory;

/// <summary>Clerks of a sending station, people who act for firms at the receiving station, an official: they do what the script says, one thing after another.</summary>
internal sealed class People(Cluster cluster, Script script, Journal journal, World world)
{
    public const int RosterRows = 400;

    private static readonly DateOnly Today = ChinaTime.Today(TimeProvider.System).AddDays(-1);

    /// <summary>Stations and accounts.</summary>
    public static async Task SignUp(Cluster cluster, Journal journal)
    {
        await cluster.CreateFirstAdministrator();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var admin = new Caller(cluster, journal, "lab-admin", new Random(0), limit.Token);
        foreach (var (name, side, division) in new[] { ("clerk", "sending", "640422"), ("firms", "receiving", "350205") })
        {
            var station = await Must(admin.Send(HttpMethod.Post, "workers", "/api/stations", new { name, side, division }));
            await Must(admin.Send(HttpMethod.Post, "portal", "/api/accounts", new
            {
                userName = name, password = Cluster.Password, displayName = name, role = "station", station = station["id"]!.GetValue<string>(), divisions = new[] { division },
            }));
        }

        await Must(admin.Send(HttpMethod.Post, "portal", "/api/accounts", new
        {
            userName = "official", password = Cluster.Password, displayName = "official", role = "official", divisions = new[] { "64", "35" },
        }));
    }

    /// <summary>Does everything that the script has, then returns.</summary>
    /// <param name="clock">Time since the run began.</param>
    /// <param name="patience">When nobody waits for an answer any more.</param>
    public Task Act(Func<TimeSpan> clock, CancellationToken patience) => Task.WhenAll(Enumerable.Range(0, Script.People).Select(person => Task.Run(
        async () =>
        {
            var name = person < 3 ? "clerk" : person < 5 ? "firms" : "official";
            using var caller = new Caller(cluster, journal, name, new Random((script.Seed * 31) + person), patience);
            foreach (var act in script.Acts.Where(act => act.Person == person))
            {
                var early = act.At - clock();
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, CancellationToken.None);
                }
                else if (clock() > script.Length + TimeSpan.FromSeconds(1))
                {
                    return;
                }

                await Do(caller, act);
            }
        },
        CancellationToken.None)));

    public static string PersonNumber(Script script, int number) => $"L{script.Seed}N{number}";

    private static async Task<JsonObject> Must(Task<(int Status, JsonObject Body, string? Tag)?> sending) =>
        await sending is { Status: < 300 } answer ? answer.Body : throw new InvalidOperationException($"The laboratory could not be set up: {await sending}");

    private Task Do(Caller caller, Act act) => act.Kind switch
    {
        ActKind.Register => Register(caller, act),
        ActKind.Wish => Wish(caller, act),
        ActKind.Reveal => Reveal(caller, act),
        ActKind.PlaceSelfFound => PlaceSelfFound(caller, act),
        ActKind.Offer => Offer(caller, act),
        ActKind.AnswerForWorker => Answer(caller, act, "worker"),
        ActKind.AnswerForFirm => Answer(caller, act, "employer"),
        ActKind.Withdraw => Withdraw(caller, act),
        ActKind.Step => Step(caller, act),
        ActKind.RegisterFirm => RegisterFirm(caller, act),
        ActKind.Verify => Verify(caller, act),
        ActKind.Post => Post(caller, act),
        ActKind.ClosePosting => ClosePosting(caller, act),
        ActKind.ImportRoster => ImportRoster(caller),
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    private async Task Register(Caller caller, Act act)
    {
        var birth = new DateOnly(1980, 1, 1).AddDays(act.One % 7000);
        var sent = await caller.Write(act.Kind, HttpMethod.Post, "workers", "/api/workers", new
        {
            name = "试验人", residentId = RosterFiles.InventedId(birth, (act.Number % 100_000) + (act.Person * 10_000)), phones = new[] { $"138{act.Other % 100_000_000:00000000}" }, hukou = "640422",
            address = new { division = "640422101", text = "毛沟村" }, householdNumber = $"L{script.Seed}H{act.Other % 500}", personNumber = PersonNumber(script, act.Number),
            education = "junior-middle", labourCapacity = "ordinary",
            householdStatuses = act.Other % 3 == 0 ? new[] { new { code = "out-of-poverty", from = "2021-01-01" } } : null,
            wishes = new { willing = true, trades = new[] { "general" }, places = Array.Empty<string>(), monthlyPay = 3000 + (act.One % 1000), lodging = true },
            consents = new[] { new { purpose = "recommendation", form = "paper" } },
        }, PersonNumber(script, act.Number));
        if (sent is { Acknowledged: true, Subject: { } id })
        {
            world.Workers.Add(id);
        }
    }

    private async Task Wish(Caller caller, Act act)
    {
        if (world.Workers.Recent(act.One) is { } worker && await caller.Send(HttpMethod.Get, "workers", $"/api/workers/{worker}") is { Status: 200 } seen)
        {
            await caller.Write(act.Kind, HttpMethod.Put, "workers", $"/api/workers/{worker}/wishes", new
            {
                willing = act.Other % 4 != 0, trades = new[] { "general" }, places = act.Other % 2 == 0 ? new[] { "35" } : [], monthlyPay = 2500 + (act.Other % 2000), lodging = act.Other % 3 == 0,
            }, $"{worker}", ifMatch: seen.Tag);
        }
    }

    private async Task Reveal(Caller caller, Act act)
    {
        if (world.Workers.Recent(act.One) is { } worker)
        {
            var mark = $"核对 {Letters(act.Number)}";
            await caller.Write(act.Kind, HttpMethod.Post, "workers", $"/api/workers/{worker}/reveal", new { purpose = mark }, mark);
        }
    }

    private async Task PlaceSelfFound(Caller caller, Act act)
    {
        if (world.Workers.Recent(act.One) is { } worker)
        {
            var mark = $"L{script.Seed}-{act.Number}";
            var ended = act.Other % 2 == 0;
            var from = Today.AddDays(-200 - (act.Other % 900));
            var sent = await caller.Write(act.Kind, HttpMethod.Post, "placements", "/api/placements", new
            {
                workerId = worker, source = "self-reported", employer = new { name = "自找单位" }, workplace = new { division = act.Other % 3 == 0 ? "640422" : "350205", text = mark }, channel = "relatives",
                startedOn = Day(from), endedOn = ended ? Day(from.AddDays(act.Other % 150)) : null, monthlyPay = 4000,
            }, mark);
            if (sent is { Acknowledged: true, Subject: { } id })
            {
                world.Placements.Add(id);
            }
        }
    }

    private async Task Offer(Caller caller, Act act)
    {
        if (world.Workers.Recent(act.One) is { } worker && world.Postings.Recent(act.Other, last: 6) is { } posting)
        {
            // Who is told that Matching does not know them yet waits a little and asks again.
            for (var attempt = 0; attempt < 4; attempt++)
            {
                var sent = await caller.Write(act.Kind, HttpMethod.Post, "matching", "/api/offers", new { workerId = worker, postingId = posting }, $"{worker} {posting}");
                if (sent is { Acknowledged: true, Subject: { } id })
                {
                    world.Offers.Add(id);
                }

                if (sent.Status != 404)
                {
                    return;
                }

                await Task.Delay(500, CancellationToken.None);
            }
        }
    }

    private async Task Answer(Caller caller, Act act, string party)
    {
        if (world.Offers.Recent(act.One, last: 10) is { } offer)
        {
            var answer = act.Other % 8 == 0 ? "decline" : "accept";
            var sent = await caller.Write(act.Kind, HttpMethod.Post, "matching", $"/api/offers/{offer}/answers", new { party, answer, by = "clerk" }, $"{offer} {party} {answer}");
            if (sent.Answer["state"]?.GetValue<string>() == "accepted")
            {
                world.Placements.Add(offer);
            }
        }
    }

    private async Task Withdraw(Caller caller, Act act)
    {
        if (world.Offers.Recent(act.One, last: 10) is { } offer)
        {
            await caller.Write(act.Kind, HttpMethod.Post, "matching", $"/api/offers/{offer}/withdrawal", new { reason = "试验" }, $"{offer}");
        }
    }

    private async Task Step(Caller caller, Act act)
    {
        if (world.Placements.Recent(act.One, last: 15) is not { } placement || await caller.Send(HttpMethod.Get, "placements", $"/api/placements/{placement}") is not { Status: 200 } seen)
        {
            return;
        }

        var on = Day(ChinaTime.Today(TimeProvider.System));
        object? step = seen.Body["state"]!.GetValue<string>() switch
        {
            "hired" when act.Other % 5 == 0 => new { kind = "left", on, reason = "withdrawn" },
            "hired" => new { kind = "contract", on, form = "direct", months = 12 },
            "contracted" => new { kind = "departed", on, alone = true },
            "travelling" => new { kind = "arrived", on },
            "arrived" when act.Other % 4 == 0 => new { kind = "refused", on, reason = "试验" },
            "arrived" => new { kind = "started", on, monthlyPay = 5000 },
            "on-post" when act.Other % 3 == 0 => new { kind = "left", on, reason = act.Other % 2 == 0 ? "returned" : "job-change" },
            "on-post" => new { kind = "leave", on, until = on },
            "on-leave" => new { kind = "back", on },
            _ => null,
        };
        if (step is not null)
        {
            await caller.Write(act.Kind, HttpMethod.Post, "placements", $"/api/placements/{placement}/steps", step, $"{placement}");
        }
    }

    private async Task RegisterFirm(Caller caller, Act act)
    {
        var mark = $"试验厂{script.Seed}-{act.Number}";
        var sent = await caller.Write(act.Kind, HttpMethod.Post, "employers", "/api/employers", new
        {
            name = mark, site = new { division = "350205", text = "新阳工业区", kind = "aid-workshop" }, fujianInvested = act.One % 2 == 0, contact = new { name = "陈经理", phone = "13900000001" },
        }, mark);
        if (sent is { Acknowledged: true, Subject: { } id })
        {
            world.Firms.Add(id);
            world.Unverified.Add(id);
        }
    }

    private async Task Verify(Caller caller, Act act)
    {
        if (world.Unverified.Recent(act.One, last: 4) is { } firm)
        {
            await caller.Write(act.Kind, HttpMethod.Post, "employers", $"/api/employers/{firm}/verification", new { decision = "approved" }, $"{firm}");
        }
    }

    private async Task Post(Caller caller, Act act)
    {
        if (world.Firms.Recent(act.One, last: 4) is not { } firm)
        {
            return;
        }

        var mark = $"普工{script.Seed}-{act.Number}";
        var saved = await caller.Write(act.Kind, HttpMethod.Post, "employers", "/api/postings", new
        {
            employerId = firm, title = mark, trade = "general", headcount = 1 + (act.Other % 3), work = "装配、检验、包装", conditions = "无特殊要求",
            pay = new { unit = "month", guaranteed = 5000, high = 6500 }, lodging = "free", canteen = new[] { "canteen" }, shifts = "两班倒", hazards = Array.Empty<string>(),
            contract = new { form = "direct", months = 12 }, insurance = new[] { "pension", "work-injury" }, interview = false, medical = false,
            validFrom = Day(Today), validTo = Day(Today.AddDays(60)),
        }, mark);
        if (saved is { Acknowledged: true, Subject: { } id })
        {
            var submitted = await caller.Write(ActKind.Post, HttpMethod.Post, "employers", $"/api/postings/{id}/submission", new { }, "");
            if (submitted.Acknowledged)
            {
                world.Postings.Add(id);
            }
        }
    }

    private async Task ClosePosting(Caller caller, Act act)
    {
        if (act.Other % 2 == 0 && world.Postings.Recent(act.One, last: 12) is { } posting)
        {
            await caller.Write(act.Kind, HttpMethod.Post, "employers", $"/api/postings/{posting}/closing", new { }, $"{posting}");
        }
    }

    private async Task ImportRoster(Caller caller)
    {
        var rows = Enumerable.Range(0, RosterRows).Select(i => new[]
        {
            "宁夏回族自治区", "固原市", "西吉县", "吉强镇", $"R{script.Seed}H{i}", "花名册", RosterFiles.InventedId(new DateOnly(1985, 1, 1).AddDays(i), 60_000 + i), "2026", "户主", "初中", "普通劳动力",
        });
        string[] header = ["省", "市", "县", "乡", "户编号", "姓名", "证件号码", "年度", "与户主关系", "文化程度", "劳动技能"];
        var file = RosterFiles.GbkCsv(header, rows);
        await caller.Write(ActKind.ImportRoster, HttpMethod.Post, "workers", "/api/rosters?sheet=household&mode=commit", (Func<HttpContent>)Form, $"R{script.Seed}H");

        MultipartFormDataContent Form()
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return new MultipartFormDataContent { { part, "file", "花名册.csv" } };
        }
    }

    // A purpose with many digits is refused: it could be somebody's number.
    private static string Letters(int number) => string.Concat($"{number}".Select(digit => (char)('a' + (digit - '0'))));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");
}
