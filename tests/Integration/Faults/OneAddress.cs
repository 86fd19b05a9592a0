using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>nginx in front of the gateways: one address, connections dealt out in turn, nothing sticky but the socket itself.</summary>
sealed class OneAddress : IAsyncDisposable
{
    readonly Process process;
    readonly DirectoryInfo folder;

    OneAddress(Process process, DirectoryInfo folder, int port)
    {
        (this.process, this.folder, Address) = (process, folder, new Uri($"http://127.0.0.1:{port}"));
        AppDomain.CurrentDomain.ProcessExit += KillLeftover;
    }

    /// <summary>The address.</summary>
    public Uri Address { get; }

    /// <summary>Where nginx is; null when it is not installed.</summary>
    public static string? Program { get; } =
        new[] { "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx" }.FirstOrDefault(File.Exists);

    public static async Task<OneAddress> Start(IReadOnlyList<FleetProcess> gateways)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var folder = Directory.CreateTempSubdirectory("teleprompter-nginx-");
        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(port, folder.FullName, gateways));
        var process = Process.Start(
            new ProcessStartInfo(Program!, ["-c", configuration, "-p", folder.FullName, "-e", "stderr"]) { UseShellExecute = false })!;
        var address = new OneAddress(process, folder, port);
        using var http = new HttpClient();
        await Poll.Until(() => Answers(http, address.Address), TimeSpan.FromSeconds(60), "nginx answers");
        return address;
    }

    /// <summary>What nginx complained of, for a failure's message.</summary>
    public Task<string> Complaints() => File.ReadAllTextAsync(Path.Combine(folder.FullName, "error.log"));

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillLeftover;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    static string Configuration(int port, string folder, IReadOnlyList<FleetProcess> gateways) => $$"""
        daemon off;
        worker_processes 1;
        pid {{folder}}/nginx.pid;
        error_log {{folder}}/error.log info;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          upstream gateways {
            {{string.Join(' ', gateways.Select(gateway => $"server 127.0.0.1:{gateway.Address.Port} max_fails=0;"))}}
          }
          server {
            listen 127.0.0.1:{{port}};
            location / {
              proxy_pass http://gateways;
              proxy_http_version 1.1;
              proxy_set_header Host $host;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection "upgrade";
              proxy_connect_timeout 1s;
              proxy_read_timeout 10s;
              proxy_next_upstream error timeout http_503;
            }
          }
        }
        """;

    static async Task<bool> Answers(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "/health/live"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    void KillLeftover(object? sender, EventArgs e) => process.Kill(entireProcessTree: true);
}
