using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Teleprompter.Gateway.Hosting;

/// <summary>
/// Serves the built web pages, which load nothing from elsewhere and run no script but their own, and WebAssembly for the model of voice
/// activity.
/// </summary>
public static class Pages
{
    const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds the headers that every answer has.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), payment=(), usb=(), microphone=(self), display-capture=(self)";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return next(context);
    });

    /// <summary>Adds the pages, built beside the binary into <c>wwwroot</c>.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path != "/dashboard")
            {
                return next(context);
            }

            // Relative: a proxy may serve all of this under a path of its own.
            context.Response.Redirect("dashboard/");
            return Task.CompletedTask;
        });
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(folder))
        {
            app.MapGet("/", () => "The web pages were not built. Install Node.js 20 or newer and build the gateway again.");
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        var types = new FileExtensionContentTypeProvider { Mappings = { [".onnx"] = "application/octet-stream" } };
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = types, OnPrepareResponse = Cache });
    }

    /// <summary>Vite names assets by their content, so they never change; everything else is revalidated.</summary>
    static void Cache(StaticFileResponseContext response) => response.Context.Response.Headers.CacheControl =
        response.Context.Request.Path.Value!.Contains("/assets/", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
