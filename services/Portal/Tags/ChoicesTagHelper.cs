using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LaborBridge.Portal.Tags;

/// <summary>A choice of a list.</summary>
public sealed record Choice(string Value, string Text, string? Group = null);

/// <summary>A list to choose from, with what was chosen before: <c>&lt;choices name="trade" from="…" chosen="…" blank="…" /&gt;</c>.</summary>
[HtmlTargetElement("choices", Attributes = "name,from", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ChoicesTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public IEnumerable<Choice> From { get; set; } = [];

    public string? Chosen { get; set; }

    public IEnumerable<string>? ChosenMany { get; set; }

    /// <summary>The text of the empty choice; without it there is none.</summary>
    public string? Blank { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "select";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("name", Name);
        if (!output.Attributes.ContainsName("id"))
        {
            output.Attributes.SetAttribute("id", FieldTagHelper.Id(Name));
        }

        var chosen = ChosenMany?.ToHashSet(StringComparer.Ordinal) ?? [Chosen ?? ""];
        if (Blank is not null)
        {
            output.Content.AppendHtml(Option(new Choice("", Blank), isChosen: false));
        }

        foreach (var group in From.GroupBy(choice => choice.Group, StringComparer.Ordinal))
        {
            var into = group.Key is null ? null : new TagBuilder("optgroup");
            if (into is not null)
            {
                into.Attributes["label"] = group.Key;
            }

            foreach (var option in group.Select(choice => Option(choice, chosen.Contains(choice.Value))))
            {
                if (into is null)
                {
                    output.Content.AppendHtml(option);
                }
                else
                {
                    into.InnerHtml.AppendHtml(option);
                }
            }

            if (into is not null)
            {
                output.Content.AppendHtml(into);
            }
        }
    }

    private static TagBuilder Option(Choice choice, bool isChosen)
    {
        var option = new TagBuilder("option");
        option.Attributes["value"] = choice.Value;
        if (isChosen)
        {
            option.Attributes["selected"] = "selected";
        }

        option.InnerHtml.Append(choice.Text);
        return option;
    }
}
