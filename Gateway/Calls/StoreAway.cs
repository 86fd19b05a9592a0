using Teleprompter.Bus;

namespace Teleprompter.Gateway.Calls;

/// <summary>Answers 503 while the store is away, and keeps what comes from it out of caches.</summary>
public sealed class StoreAway : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (CallStoreUnavailableException)
        {
            headers.RetryAfter = "1";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
