using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>
/// Vectors of texts by content hash, in a file that the workers of a machine may share: it is only ever replaced as a whole. A file that is
/// cut, or holds the vectors of another model, counts as empty. Not thread-safe.
/// </summary>
/// <param name="path">The file.</param>
sealed class VectorFile(string path)
{
    /// <summary>More vectors than this (39 MB) are not kept: those of texts that are no longer used are dropped.</summary>
    public const int Most = 25_000;

    const int HashLength = 16;
    const int EntryLength = HashLength + (SentenceEmbedder.Dimensions * sizeof(float));

    static readonly byte[] Header = SHA256.HashData(Encoding.UTF8.GetBytes(SentenceEmbedder.Version));

    /// <summary>Reads the vectors.</summary>
    /// <returns>Nothing where there is no such file, or it cannot be used.</returns>
    public Dictionary<UInt128, float[]> Read()
    {
        var vectors = new Dictionary<UInt128, float[]>();
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return vectors;
        }

        if (!content.AsSpan().StartsWith(Header) || (content.Length - Header.Length) % EntryLength != 0)
        {
            return vectors;
        }

        for (var at = Header.Length; at < content.Length; at += EntryLength)
        {
            var vector = MemoryMarshal.Cast<byte, float>(content.AsSpan(at + HashLength, EntryLength - HashLength)).ToArray();
            if (MathF.Abs(TensorPrimitives.Norm(vector) - 1) < 0.001f)
            {
                vectors[MemoryMarshal.Read<UInt128>(content.AsSpan(at))] = vector;
            }
        }

        return vectors;
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(IReadOnlyDictionary<UInt128, float[]> vectors)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var mine = $"{path}.{Guid.NewGuid():N}";
        using (var file = new BufferedStream(File.Create(mine)))
        {
            file.Write(Header);
            foreach (var (hash, vector) in vectors)
            {
                file.Write(MemoryMarshal.AsBytes([hash]));
                file.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
            }
        }

        File.Move(mine, path, overwrite: true);
    }

    /// <summary>The name of a text's vector.</summary>
    public static UInt128 Hash(string text) => MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
