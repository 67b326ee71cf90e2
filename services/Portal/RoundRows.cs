using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal;

/// <summary>A part of a batch's result: those who got a post, or those who did not.</summary>
internal sealed record RoundRows(Guid Round, bool Placed, ListOf<RoundRow> Rows, IReadOnlyDictionary<Guid, Worker> Names);
