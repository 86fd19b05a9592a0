using System.Text;

namespace Teleprompter.Tests.ScriptedTranscriber;

/// <summary>
/// Writes a model file of whisper.cpp that says the same words of every voice. All its computing is that of a real model of its size: its
/// weights are zero, except those of the decoder's first layer that lead from each token to the next one.
/// </summary>
/// <remarks>The layout, and the names of the tensors, are those of <c>whisper_model_load</c> in whisper.cpp 1.8.</remarks>
public sealed class ScriptedWhisperModel
{
    const int Magic = 0x67676d6c;
    const int AudioContext = 1500;
    const int TextContext = 448;
    const int Frequencies = 201;
    const int KnownWords = 50_257;

    readonly WhisperSize size;
    readonly string[] words;
    readonly (int From, int To)[] transitions;
    readonly Dictionary<int, float[]> vectors;
    readonly BinaryWriter file;

    ScriptedWhisperModel(WhisperSize size, string text, BinaryWriter file)
    {
        (this.size, this.file) = (size, file);
        words = [.. text.Split(' ').Select(word => $" {word}")];
        transitions = [.. Tokens().Zip(Tokens().Skip(1))];
        var random = new Random(1);
        vectors = Tokens().Distinct().ToDictionary(token => token, _ => Direction(random));
    }

    // The 98 or 99 languages of a model move what follows them.
    int Languages => size.Vocabulary - 51_766;

    int Transcribe => 50_358 + Languages - 98;

    int TimeZero => 50_363 + Languages - 98;

    /// <param name="text">Words of letters, digits and marks, separated by single spaces; 256 words at most.</param>
    public static void Write(string path, WhisperSize size, string text)
    {
        using var file = new BinaryWriter(File.Create(path));
        new ScriptedWhisperModel(size, text, file).Write();
    }

    // Letters that a prompt is split into come first, as in a real vocabulary.
    IEnumerable<int> Tokens() =>
        [Transcribe, TimeZero, .. words.Select((_, index) => byte.MaxValue + 1 + index), TimeZero + AudioContext, KnownWords];

    void Write()
    {
        foreach (var number in new[]
        {
            Magic, size.Vocabulary, AudioContext, size.Width, size.Width / 64, size.AudioLayers, TextContext, size.Width, size.Width / 64,
            size.TextLayers, size.Mels, 1, size.Mels, Frequencies,
        })
        {
            file.Write(number);
        }

        Zeros(size.Mels * Frequencies * sizeof(float));
        WriteVocabulary();
        WriteEncoder();
        WriteDecoder();
        file.BaseStream.SetLength(file.BaseStream.Position);
    }

    void WriteVocabulary()
    {
        file.Write(KnownWords);
        for (var token = 0; token < KnownWords; token++)
        {
            byte[] word = token <= byte.MaxValue ? [(byte)token]
                : token - byte.MaxValue <= words.Length ? Encoding.UTF8.GetBytes(words[token - byte.MaxValue - 1])
                : [];
            file.Write(word.Length);
            file.Write(word);
        }
    }

    void WriteEncoder()
    {
        Tensor("encoder.positional_embedding", [size.Width, AudioContext], half: false);
        Tensor("encoder.conv1.weight", [3, size.Mels, size.Width]);
        Tensor("encoder.conv1.bias", [1, size.Width], half: false);
        Tensor("encoder.conv2.weight", [3, size.Width, size.Width]);
        Tensor("encoder.conv2.bias", [1, size.Width], half: false);
        Norm("encoder.ln_post", 1);
        for (var layer = 0; layer < size.AudioLayers; layer++)
        {
            Attention($"encoder.blocks.{layer}.attn");
            Perceptron($"encoder.blocks.{layer}", steps: []);
        }
    }

    void WriteDecoder()
    {
        Tensor("decoder.positional_embedding", [size.Width, TextContext], half: false);
        Tensor("decoder.token_embedding.weight", [size.Width, size.Vocabulary], rows: vectors);
        // A gain by which the next token's logit is above all others' together.
        Norm("decoder.ln", 32 / MathF.Sqrt(size.Width));
        for (var layer = 0; layer < size.TextLayers; layer++)
        {
            Attention($"decoder.blocks.{layer}.attn");
            Attention($"decoder.blocks.{layer}.cross_attn");
            Perceptron($"decoder.blocks.{layer}", layer == 0 ? transitions : []);
        }
    }

    void Attention(string name)
    {
        Norm($"{name}_ln", 1);
        foreach (var part in new[] { "query", "key", "value", "out" })
        {
            Tensor($"{name}.{part}.weight", [size.Width, size.Width]);
            if (part != "key")
            {
                Tensor($"{name}.{part}.bias", [size.Width], half: false);
            }
        }
    }

    // One hidden unit for each step: it answers to the token's vector, and adds the next token's.
    void Perceptron(string name, (int From, int To)[] steps)
    {
        Norm($"{name}.mlp_ln", 1);
        Tensor($"{name}.mlp.0.weight", [size.Width, 4 * size.Width], rows: Numbered(steps.Select(step => vectors[step.From])));
        Tensor(
            $"{name}.mlp.0.bias", [4 * size.Width], half: false,
            Numbered([[.. steps.Select(_ => -0.6f * MathF.Sqrt(size.Width))]]));
        Tensor(
            $"{name}.mlp.2.weight", [4 * size.Width, size.Width],
            rows: Numbered(Enumerable.Range(0, size.Width).Select(row => steps.Select(step => 4 * vectors[step.To][row]).ToArray())));
        Tensor($"{name}.mlp.2.bias", [size.Width], half: false);
    }

    void Norm(string name, float gain)
    {
        Tensor($"{name}.weight", [size.Width], half: false, Numbered([[.. Enumerable.Repeat(gain, size.Width)]]));
        Tensor($"{name}.bias", [size.Width], half: false);
    }

    // Rows that are not given, and the rest of those that are, are zero.
    void Tensor(string name, int[] lengths, bool half = true, Dictionary<int, float[]>? rows = null)
    {
        file.Write(lengths.Length);
        file.Write(name.Length);
        file.Write(half ? 1 : 0);
        foreach (var length in lengths)
        {
            file.Write(length);
        }

        file.Write(Encoding.ASCII.GetBytes(name));
        var (start, bytes) = (file.BaseStream.Position, half ? 2 : 4);
        foreach (var (row, values) in rows ?? [])
        {
            file.BaseStream.Position = start + (long)row * lengths[0] * bytes;
            foreach (var value in values)
            {
                if (half)
                {
                    file.Write((Half)value);
                }
                else
                {
                    file.Write(value);
                }
            }
        }

        file.BaseStream.Position = start;
        Zeros(lengths.Aggregate((long)bytes, (product, length) => product * length));
    }

    // What was never written of a file reads as zero.
    void Zeros(long count) => file.BaseStream.Seek(count, SeekOrigin.Current);

    float[] Direction(Random random)
    {
        var values = Enumerable.Range(0, size.Width).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var length = MathF.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / length)];
    }

    static Dictionary<int, float[]> Numbered(IEnumerable<float[]> rows) => rows.Index().ToDictionary(row => row.Index, row => row.Item);
}
