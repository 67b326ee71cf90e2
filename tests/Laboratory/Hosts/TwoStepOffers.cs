using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Offers;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Laboratory;

/// <summary>The second yes looks whether a seat is free, and takes one a moment later.</summary>
internal static class TwoStepOffers
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(800);

    private static readonly Sql Take = Sql.Text("UPDATE match_postings SET accepted = accepted + 1, open_offers = open_offers - 1 WHERE posting_id = @PostingId");

    private static readonly Sql Close = Sql.Text("UPDATE offers SET version = version + 1, state = 'accepted', worker_answer = 'accept', employer_answer = 'accept' WHERE id = @Id AND state = 'open'");

    public static void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        http.Request.EnableBuffering();
        if (await Answered(http) is not { } id || await Seat(http, id) is not { } offer)
        {
            await next(http);
            return;
        }

        await Task.Delay(Between);
        await http.RequestServices.GetRequiredService<Db<MatchingService>>().Write(tx => Hire(tx, offer));
        await http.Response.WriteAsJsonAsync(new { id, state = "accepted" }, JsonText.Options);
    });

    private static async Task<Guid?> Answered(HttpContext http)
    {
        if (http.Request.Path.Value?.Split('/') is not ["", "api", "offers", var id, "answers"])
        {
            return null;
        }

        var request = await http.Request.ReadFromJsonAsync<AnswerOffer.Request>(JsonText.Options);
        http.Request.Body.Position = 0;
        return request is { Party: "employer", Answer: "accept" } ? Guid.Parse(id) : null;
    }

    // Null: the other side has not said yes, or there is no seat.
    private static Task<OfferRow?> Seat(HttpContext http, Guid id) => http.RequestServices.GetRequiredService<Db<MatchingService>>().Read(async tx =>
        await FindOffers.Get(tx, id) is { WorkerAnswer: "accept", State: "open" } offer && await PostingCopy.Lock(tx, offer.PostingId) is { } posting && posting.Accepted < posting.Headcount ? offer : null);

    private static async Task Hire(Tx tx, OfferRow offer)
    {
        await tx.Execute(Take, new { offer.PostingId });
        await tx.Execute(Close, new { offer.Id });
        await Seats.Claim(tx, offer.WorkerId, offer.Id, offer.SiteDivision);
        tx.Append(new OfferAnswered(offer.Id, offer.WorkerId, offer.PostingId, "employer", "accept", "clerk"), offer.Id);
        tx.Append(new WorkerHired(offer.Id, offer.WorkerId, offer.PostingId, offer.EmployerId, offer.SiteDivision, "", "general", "direct", 500_000, ChinaTime.Today(TimeProvider.System)), offer.Id);
        await Seats.Tell(tx, offer.PostingId);
    }
}
