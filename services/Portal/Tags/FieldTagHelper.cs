using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LaborBridge.Portal.Tags;

/// <summary>
/// One field of a form: label, hint, the control inside, and below it what the service found wrong with it.
/// The name is the field's path in the request's JSON, so that errors find their place.
/// </summary>
[HtmlTargetElement("field", Attributes = "name,label")]
public sealed class FieldTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public bool Required { get; set; }

    /// <summary>The form that the field belongs to, where a page has several.</summary>
    public string? Of { get; set; }

    /// <summary>A group of controls (check boxes) instead of a single one.</summary>
    public bool Group { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        var problems = Problems().ToList();
        output.TagName = Group ? "fieldset" : "div";
        output.Attributes.SetAttribute("class", problems.Count > 0 ? "field wrong" : "field");
        output.Attributes.SetAttribute("data-field", Name);
        var label = new TagBuilder(Group ? "legend" : "label");
        label.InnerHtml.Append(Label);
        if (!Group)
        {
            label.Attributes["for"] = Of is null ? Id(Name) : $"{Of}-{Id(Name)}";
        }

        if (Required)
        {
            var star = new TagBuilder("span");
            star.AddCssClass("star");
            star.Attributes["aria-hidden"] = "true";
            star.InnerHtml.Append(" *");
            label.InnerHtml.AppendHtml(star);
        }

        output.Content.AppendHtml(label);
        Append(output, Hint, "hint");
        output.Content.AppendHtml(inner);
        foreach (var problem in problems)
        {
            Append(output, problem, "error");
        }
    }

    /// <summary>The id of a field's control.</summary>
    internal static string Id(string name) => name.Replace('.', '-').Replace("[", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private IEnumerable<string> Problems()
    {
        var page = View.ViewData.Model as PortalPage ?? View.ViewData["Page"] as PortalPage;
        if (Of is not null && Of != page?.SentForm)
        {
            return [];
        }

        var fromService = page?.Problem is Refusal refusal ? refusal.Of(Name) : [];
        var unreadable = View.ModelState.TryGetValue(Name, out var entry) ? entry.Errors.Select(error => error.ErrorMessage) : [];
        return fromService.Concat(unreadable).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal);
    }

    private static void Append(TagHelperOutput output, string? text, string css)
    {
        if (!string.IsNullOrEmpty(text))
        {
            var line = new TagBuilder("p");
            line.AddCssClass(css);
            line.InnerHtml.Append(text);
            output.Content.AppendHtml(line);
        }
    }
}
