namespace Teleprompter.InferenceWorker.Transcription.WhisperNet;

/// <summary>
/// Whether a model file is whole. Looked at before the native library reads it: of a file that was cut off, that one ends the process, or
/// takes it for an empty model. The layout is that of whisper.cpp's <c>whisper_model_load</c>: parameters, mel filters, vocabulary, and
/// tensors up to the file's end.
/// </summary>
static class WhisperModelLayout
{
    const uint Magic = 0x67676d6c;
    const int ParameterBytes = 11 * sizeof(int);
    const int MostFilterValues = 1 << 20;
    const int MostWords = 1 << 20;
    const int MostNameBytes = 1 << 10;
    const int MostDimensions = 4;
    const int MostLength = 1 << 20;
    const long MostValues = 1L << 40;

    /// <summary>Looks through a file.</summary>
    /// <returns>What is wrong with it, to follow its name; null where nothing is.</returns>
    public static string? Problem(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        try
        {
            return reader.ReadUInt32() == Magic ? Walk(reader) : "is no model in whisper.cpp's format";
        }
        catch (EndOfStreamException)
        {
            return "is cut off";
        }
    }

    static string? Walk(BinaryReader reader)
    {
        Skip(reader, ParameterBytes);
        var filters = (long)reader.ReadInt32() * reader.ReadInt32();
        if (filters is < 0 or > MostFilterValues)
        {
            return "is damaged in its filters";
        }

        Skip(reader, filters * sizeof(float));
        var words = reader.ReadInt32();
        if (words is < 0 or > MostWords)
        {
            return "is damaged in its vocabulary";
        }

        for (var i = 0; i < words; i++)
        {
            Skip(reader, reader.ReadUInt32());
        }

        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var (dimensions, nameBytes, type) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            if (dimensions is < 0 or > MostDimensions || nameBytes is < 0 or > MostNameBytes)
            {
                return "is damaged in its weights";
            }

            var values = 1L;
            for (var i = 0; i < dimensions; i++)
            {
                values = Math.Min(values * Math.Clamp(reader.ReadInt32(), 0, MostLength), MostValues);
            }

            if (Block(type) is not { } block)
            {
                // A type newer than this code: the library knows.
                return null;
            }

            Skip(reader, nameBytes + (values / block.Values * block.Bytes));
        }

        return null;
    }

    static void Skip(BinaryReader reader, long bytes)
    {
        if (bytes > reader.BaseStream.Length - reader.BaseStream.Position)
        {
            throw new EndOfStreamException();
        }

        reader.BaseStream.Seek(bytes, SeekOrigin.Current);
    }

    /// <summary>
    /// How many values a block of a type has, and how many bytes (ggml's <c>ggml_type</c> and the sizes that ggml-common.h asserts).
    /// </summary>
    static (int Values, int Bytes)? Block(int type) => type switch
    {
        0 => (1, 4),
        1 => (1, 2),
        2 => (32, 18),
        3 => (32, 20),
        6 => (32, 22),
        7 => (32, 24),
        8 => (32, 34),
        10 => (256, 84),
        11 => (256, 110),
        12 => (256, 144),
        13 => (256, 176),
        14 => (256, 210),
        _ => null,
    };
}
