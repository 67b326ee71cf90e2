using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LaborBridge.Portal.Tags;

/// <summary>The hidden fields of a form: its name on the page, and the idempotency key.</summary>
[HtmlTargetElement("form-keys", Attributes = "of", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormKeysTagHelper : TagHelper
{
    public string Of { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // A partial view has a model of its own; its page is found through the view's arguments then.
        var page = View.ViewData.Model as PortalPage ?? View.ViewData["Page"] as PortalPage
            ?? throw new InvalidOperationException("form-keys stands on a page, or in a partial view with ViewData[\"Page\"].");
        output.TagName = null;
        Hidden(output, "formName", Of);
        Hidden(output, "key", page.KeyFor(Of).ToString());
    }

    private static void Hidden(TagHelperOutput output, string name, string value)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = "hidden";
        input.Attributes["name"] = name;
        input.Attributes["value"] = value;
        output.Content.AppendHtml(input);
    }
}
