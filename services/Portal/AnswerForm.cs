namespace LaborBridge.Portal;

/// <summary>The two buttons by which one side answers an offer.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Party"><c>worker</c> or <c>employer</c>.</param>
internal sealed record AnswerForm(Guid Offer, string Party);
