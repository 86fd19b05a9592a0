using System.Runtime.InteropServices;
using Teleprompter.Cli;
using Teleprompter.Cli.Replay.Voices;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Cli;

public sealed class WavFileTests
{
    string file = null!;

    [SetUp]
    public void Name() => file = Path.GetTempFileName();

    [TearDown]
    public void Remove() => File.Delete(file);

    [TestCase(16_000, 16, WavBytes.Pcm)]
    [TestCase(16_000, 16, WavBytes.Extensible)]
    [TestCase(16_000, 24, WavBytes.Pcm)]
    [TestCase(16_000, 32, WavBytes.Pcm)]
    [TestCase(16_000, 32, WavBytes.Float)]
    [TestCase(8_000, 16, WavBytes.Pcm)]
    [TestCase(11_025, 16, WavBytes.Pcm)]
    [TestCase(44_100, 24, WavBytes.Pcm)]
    [TestCase(48_000, 32, WavBytes.Float)]
    [TestCase(96_000, 16, WavBytes.Pcm)]
    [TestCase(16_000, 8, WavBytes.Pcm, 0.01)]
    [TestCase(8_000, 8, WavBytes.MuLaw, 0.03)]
    [TestCase(8_000, 8, WavBytes.ALaw, 0.03)]
    public void Tones_come_out_of_every_format_and_rate_as_they_are_on_their_own_channel(
        int rate, int bits, int format, double within = 0.001)
    {
        var (left, right) = Read(WavBytes.Of(rate, bits, 1, format, Tone(440), Tone(1000)));
        Assert.That(left, Has.Length.EqualTo(16_000).Within(160));
        Assert.That(Error(left, Tone(440)), Is.LessThan(within));
        Assert.That(Error(right, Tone(1000)), Is.LessThan(within));
    }

    [TestCase(48_000, 9_000)]
    [TestCase(48_000, 15_000)]
    [TestCase(44_100, 12_000)]
    public void What_16_kHz_cannot_hold_is_taken_out_and_does_not_come_back_as_another_tone(int rate, double hertz)
    {
        var (left, _) = Read(WavBytes.Of(rate, 16, 1, WavBytes.Pcm, Tone(hertz), Tone(440)));
        Assert.That(left[400..^400].Max(Math.Abs), Is.LessThanOrEqualTo(4), "0.5 of full scale went in");
    }

    [Test]
    public void A_file_that_was_cut_off_gives_what_it_has_and_says_what_is_missing()
    {
        File.WriteAllBytes(file, WavBytes.Of(16_000, 16, 2, WavBytes.Pcm, new byte[32_001], named: 96_000));
        using var wav = WavFile.Open(file);
        Assert.That(wav.Length, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That(wav.MissingSeconds, Is.EqualTo(1).Within(0.01));
        Assert.That(wav.Frames().Sum(frame => frame[0].Length), Is.EqualTo(16_000));
    }

    [TestCase(0u)]
    [TestCase(uint.MaxValue)]
    [TestCase(0x7FFFF000u)]
    [TestCase(0x7FFFFFFFu)]
    [TestCase(0x80000000u)]
    public void A_writer_that_did_not_know_the_length_is_read_to_the_end(uint named)
    {
        File.WriteAllBytes(file, WavBytes.Of(16_000, 16, 1, WavBytes.Pcm, new byte[16_000], named));
        using var wav = WavFile.Open(file);
        Assert.That((wav.Length.TotalSeconds, wav.MissingSeconds), Is.EqualTo((0.5, 0.0)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_chunk_of_an_odd_size_is_read_with_its_padding_and_without(bool padded)
    {
        var bytes = WavBytes.Of(16_000, 16, 1, WavBytes.Pcm, new byte[16_000]);
        var list = (byte[])[.. "LIST"u8, 5, 0, 0, 0, .. "INFOx"u8, .. padded ? new byte[1] : []];
        File.WriteAllBytes(file, [.. bytes[..12], .. list, .. bytes[12..]]);
        using var wav = WavFile.Open(file);
        Assert.That(wav.Length, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
    }

    [Test]
    public void RF64_says_its_length_in_64_bits()
    {
        var bytes = WavBytes.Of(16_000, 16, 1, WavBytes.Pcm, new byte[16_000], named: uint.MaxValue);
        var ds64 = (byte[])[.. "ds64"u8, 28, 0, 0, 0, .. new byte[8], .. BitConverter.GetBytes(16_000L), .. new byte[12]];
        File.WriteAllBytes(file, [.. "RF64"u8, .. bytes[4..12], .. ds64, .. bytes[12..], .. "LIST junk behind the samples"u8]);
        using var wav = WavFile.Open(file);
        Assert.That((WavFile.Is(file), wav.Length, wav.MissingSeconds), Is.EqualTo((true, TimeSpan.FromSeconds(0.5), 0.0)));
    }

    [Test]
    public void Two_channels_with_the_same_sound_are_one_voice()
    {
        File.WriteAllBytes(file, WavBytes.Of(16_000, 16, 1, WavBytes.Pcm, Tone(440), Tone(440)));
        using (var same = WavFile.Open(file))
        {
            Assert.That(same.IsDualMono(), Is.True);
        }

        File.WriteAllBytes(file, WavBytes.Of(16_000, 16, 1, WavBytes.Pcm, Tone(440), Tone(441)));
        using var different = WavFile.Open(file);
        Assert.That(different.IsDualMono(), Is.False);
    }

    [TestCase("sox-pipe.wav")]
    [TestCase("ffmpeg-pipe.wav")]
    [TestCase("odd-list-padded.wav")]
    [TestCase("good16k.wav")]
    public void What_a_recorder_writes_into_a_pipe_is_the_same_sound(string recorded)
    {
        using var good = WavFile.Open(SharedData.Find("cases/sound/good16k.wav"));
        using var wav = WavFile.Open(SharedData.Find($"cases/sound/{recorded}"));
        Assert.That(wav.MissingSeconds, Is.Zero);
        Assert.That(wav.Frames().SelectMany(frame => frame[0]), Is.EqualTo(good.Frames().SelectMany(frame => frame[0])));
    }

    static IEnumerable<TestCaseData> Broken =>
    [
        Case("no WAV file", "ID3 this is music"u8.ToArray()),
        Case("no WAV file", []),
        Case("holds no samples", WavBytes.Of(16_000, 16, 1, WavBytes.Pcm, [])),
        Case("it ends before they begin", WavBytes.Of(16_000, 16, 1, WavBytes.Pcm, new byte[2])[..^10]),
        Case("compressed (format 85)", WavBytes.Of(16_000, 16, 1, 85, new byte[320])),
        Case("12 bits", WavBytes.Of(16_000, 12, 1, WavBytes.Pcm, new byte[320])),
        Case("16 bits, float", WavBytes.Of(16_000, 16, 1, WavBytes.Float, new byte[320])),
        Case("6 channels", WavBytes.Of(16_000, 16, 6, WavBytes.Pcm, new byte[480])),
        Case("4000 samples a second", WavBytes.Of(4_000, 16, 1, WavBytes.Pcm, new byte[320])),
    ];

    [TestCaseSource(nameof(Broken))]
    public void A_file_that_cannot_be_replayed_says_why_and_how_to_make_one_that_can(string why, byte[] bytes)
    {
        File.WriteAllBytes(file, bytes);
        Assert.That(() => WavFile.Open(file), Throws.InstanceOf<InputException>().With.Message.StartsWith(file).And.Message.Contains(why));
    }

    [Test]
    public void A_file_is_known_by_its_name_or_by_its_first_bytes()
    {
        File.WriteAllBytes(file, WavBytes.Of(16_000, 16, 1, WavBytes.Pcm, new byte[320]));
        Assert.That(WavFile.Is(file), Is.True);
        File.WriteAllText(file, "rep: Hello.");
        Assert.That(WavFile.Is(file), Is.False);
        Assert.That(WavFile.Is("nowhere/call.WAV"), Is.True);
    }

    static TestCaseData Case(string why, byte[] bytes) => new TestCaseData(why, bytes).SetArgDisplayNames($"{why}, {bytes.Length} bytes");

    static Func<double, double> Tone(double hertz) => seconds => 0.5 * Math.Sin(2 * Math.PI * hertz * seconds);

    /// <summary>The largest difference to a tone, without the ends, which the filter takes for silence.</summary>
    static double Error(short[] samples, Func<double, double> tone) =>
        Enumerable.Range(400, samples.Length - 800).Max(at => Math.Abs((samples[at] / 32768.0) - tone(at / 16_000.0)));

    (short[] Left, short[] Right) Read(byte[] bytes)
    {
        File.WriteAllBytes(file, bytes);
        using var wav = WavFile.Open(file);
        var frames = wav.Frames().ToList();
        return (Samples(0), Samples(1));

        short[] Samples(int channel) => [.. frames.SelectMany(frame => MemoryMarshal.Cast<byte, short>(frame[channel]).ToArray())];
    }
}
