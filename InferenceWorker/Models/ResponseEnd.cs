namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Reads a streamed answer to the end of its response. The client stops at the last event and disposes the response, and
/// <see cref="ModelTransport"/> closes the connection of one that has not ended then, as it must for a cancelled answer.
/// </summary>
sealed class ResponseEnd(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    static readonly TimeSpan Within = TimeSpan.FromMilliseconds(250);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var content = new StreamContent(new Answer(await response.Content.ReadAsStreamAsync(cancellationToken)));
        foreach (var (name, values) in response.Content.Headers)
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = content;
        return response;
    }

    sealed class Answer(Stream response) : Stream
    {
        readonly byte[] rest = new byte[1];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => response.Read(buffer, offset, count);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await response.ReadAsync(buffer, cancellationToken);
            if (buffer.Span[..read].TrimEnd("\r\n"u8).EndsWith("[DONE]"u8))
            {
                // A server that keeps the response open longer loses the connection when this stream is disposed.
                await Task.WhenAny(response.ReadAsync(rest, cancellationToken).AsTask(), Task.Delay(Within, cancellationToken));
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                response.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
