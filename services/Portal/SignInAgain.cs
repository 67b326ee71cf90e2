using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LaborBridge.Portal;

/// <summary>A session that ended leads to the sign-in page and back.</summary>
internal sealed class SignInAgain : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is SignInAgainException)
        {
            var request = context.HttpContext.Request;
            var back = HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : request.Path.ToString();
            context.Result = new LocalRedirectResult($"/sign-in{QueryString.Create("ReturnUrl", back)}");
            context.ExceptionHandled = true;
        }
    }
}
