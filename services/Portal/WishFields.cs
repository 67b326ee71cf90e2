using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal;

/// <summary>The fields of wishes within a form.</summary>
/// <param name="Prefix">What stands before their names: <c>wishes.</c> in a registration, nothing in a form of their own.</param>
/// <param name="Wishes">What was typed or is stored.</param>
internal sealed record WishFields(string Prefix, WishesForm Wishes);
