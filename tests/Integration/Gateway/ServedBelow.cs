using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>Takes a path off and names it in a header, as a proxy does, and knows nothing outside of it.</summary>
sealed class ServedBelow(string path) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal, out var rest))
            {
                context.Request.Path = rest;
                context.Request.Headers["X-Forwarded-Prefix"] = path;
                return following(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        next(app);
    };
}
