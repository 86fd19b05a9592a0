using Teleprompter.InferenceWorker.SpeechSynthesis;

namespace Teleprompter.Tests.Unit.SpeechSynthesis;

public sealed class PcmReaderTests
{
    static readonly byte[] Samples = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))];

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(1001)]
    public void Pieces_of_any_size_give_whole_samples_in_their_order(int piece)
    {
        Assert.That(Read(Samples, piece), Is.EqualTo(Samples));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(4096)]
    public void The_header_of_a_wav_file_is_no_sound(int piece)
    {
        Assert.That(Read([.. Header(24_000, 1, 16), .. Samples], piece), Is.EqualTo(Samples));
    }

    [TestCase(22_050, 1, 16, "22050 Hz")]
    [TestCase(24_000, 2, 16, "2 channels")]
    [TestCase(24_000, 1, 8, "8 bits")]
    public void A_wav_file_that_would_sound_wrong_is_refused_with_what_it_is(int rate, int channels, int bits, string says)
    {
        var fault = Assert.Throws<SynthesisException>(() => Read([.. Header(rate, channels, bits), .. Samples], 4096));
        Assert.That(fault!.Failure, Is.EqualTo(SynthesisFailure.WrongFormat));
        Assert.That(fault.ServerSays, Does.Contain(says));
    }

    [TestCase("ID3\u0004")]
    [TestCase("OggS")]
    [TestCase("fLaC")]
    public void Compressed_sound_is_never_played_as_noise(string head) =>
        Assert.That(
            () => Read([.. head.Select(letter => (byte)letter), .. Samples], 4096),
            Throws.InstanceOf<SynthesisException>().With.Property("Failure").EqualTo(SynthesisFailure.WrongFormat));

    [Test]
    public void A_header_without_end_is_refused() =>
        Assert.That(() => Read([.. "RIFFxxxxWAVE"u8, .. new byte[9000]], 500), Throws.InstanceOf<SynthesisException>());

    static byte[] Read(byte[] file, int piece)
    {
        var reader = new PcmReader();
        return
        [
            .. file.Chunk(piece).Select(bytes => reader.Add(bytes).ToArray())
                .Select(samples => samples.Length % 2 == 0 ? samples : throw new AssertionException("half a sample"))
                .SelectMany(samples => samples),
        ];
    }

    static byte[] Header(int rate, int channels, int bits)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(uint.MaxValue);
        writer.Write("WAVELIST"u8);
        writer.Write(5);
        writer.Write(new byte[6]);
        writer.Write("fmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * channels * bits / 8);
        writer.Write((short)(channels * bits / 8));
        writer.Write((short)bits);
        writer.Write("data"u8);
        writer.Write(uint.MaxValue);
        return file.ToArray();
    }
}
