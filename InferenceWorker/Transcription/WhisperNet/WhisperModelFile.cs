using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Transcription.WhisperNet;

/// <summary>The model file: there, or downloaded, and the right one.</summary>
/// <param name="options">Where to get it, and its checksum.</param>
/// <param name="logger">Tells how the download goes.</param>
public sealed partial class WhisperModelFile(
    IOptions<TranscriptionOptions> transcription,
    IOptions<WhisperNetOptions> options,
    TimeProvider time,
    ILogger<WhisperModelFile> logger)
{
    /// <summary>Where model files are to be had, as advice in errors.</summary>
    public const string Source =
        "Model files are at https://huggingface.co/ggerganov/whisper.cpp (ggml-large-v3-turbo.bin for a GPU, ggml-base.en.bin for a "
        + "processor): put one there, or set Transcription:WhisperNet:Download to its address and "
        + "Transcription:WhisperNet:Sha256 to its checksum.";

    const int BufferBytes = 1 << 20;

    static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    /// <summary>Checks the file, or downloads it where it is not there.</summary>
    /// <exception cref="InvalidOperationException">It is not there or not the right one; the message says what to do.</exception>
    public async Task<string> Ensure(CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(transcription.Value.Model!);
        if (!File.Exists(path))
        {
            var address = options.Value.Download
                ?? throw new InvalidOperationException($"Transcription:Model: {path} is not there. {Source}");
            await Download(address, path, cancellationToken);
        }
        else if (options.Value.Sha256 is { } expected)
        {
            await using var file = File.OpenRead(path);
            Require(expected, await SHA256.HashDataAsync(file, cancellationToken), path);
        }

        return path;
    }

    static void Require(string expected, byte[] actual, string what)
    {
        if (!expected.Equals(Convert.ToHexString(actual), StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"{what} has the SHA-256 {Convert.ToHexStringLower(actual)}, and Transcription:WhisperNet:Sha256 names another. "
                + "Remove the file and get it again, or correct the setting.");
        }
    }

    async Task Download(Uri address, string path, CancellationToken cancellationToken)
    {
        // Under another name until it is whole and right: a download that broke off is never taken for the model.
        var part = $"{path}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            LogDownload(address.Host, path);
            Require(options.Value.Sha256!, await Fetch(address, part, cancellationToken), $"What {address.Host} sent");
            File.Move(part, path, overwrite: true);
            LogDownloaded(path);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Transcription:Model: {path} could not be downloaded: {error.Message} {Source}", error);
        }
        finally
        {
            File.Delete(part);
        }
    }

    async Task<byte[]> Fetch(Uri address, string part, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var from = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var to = File.Create(part);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        var told = time.GetTimestamp();
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            sum.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (time.GetElapsedTime(told) >= ProgressEvery)
            {
                told = time.GetTimestamp();
                LogProgress(Megabytes(to.Position), response.Content.Headers.ContentLength is { } length ? Megabytes(length) : "?");
            }
        }

        return sum.GetHashAndReset();
    }

    static string Megabytes(long bytes) => (bytes / 1_000_000).ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Information, "Downloading the transcription model from {Host} to {Path}")]
    partial void LogDownload(string host, string path);

    [LoggerMessage(LogLevel.Information, "Downloading the transcription model: {Done} of {Whole} MB")]
    partial void LogProgress(string done, string whole);

    [LoggerMessage(LogLevel.Information, "Downloaded the transcription model to {Path}; its checksum is right")]
    partial void LogDownloaded(string path);
}
