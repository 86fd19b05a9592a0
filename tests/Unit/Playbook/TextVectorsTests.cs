using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class TextVectorsTests
{
    string path = "";

    [SetUp]
    public void NewFile() => path = Path.Combine(Directory.CreateTempSubdirectory("vectors-").FullName, "kept", "card-vectors.bin");

    [TearDown]
    public void DeleteFile() => Directory.Delete(Path.Combine(Path.GetDirectoryName(path)!, ".."), recursive: true);

    [Test]
    public void What_was_embedded_is_kept_for_the_next_start_and_for_other_workers()
    {
        IReadOnlyList<float[]> embedded;
        using (var first = Load())
        {
            Assert.That(first.Keeps(["is it secure"]), Is.False);
            embedded = first.Kept(["is it secure", "how much is it", "is it secure"], out var problem);
            Assert.That(problem, Is.Null);
        }

        using var second = Load();
        Assert.Multiple(() =>
        {
            Assert.That(second.Keeps(["is it secure", "how much is it"]), Is.True);
            Assert.That(second.Keeps(["is it secure", "a new line"]), Is.False);
            Assert.That(second.Kept(["how much is it"], out _)[0], Is.EqualTo(embedded[1]));
            Assert.That(embedded[2], Is.SameAs(embedded[0]));
        });
    }

    [Test]
    public void Texts_that_are_embedded_together_have_the_vectors_that_they_have_alone()
    {
        using var vectors = Load();
        string[] texts = ["is it secure", "we pay about half of that with our current vendor and their support takes days", "how much"];

        var together = vectors.Of(texts);

        foreach (var (at, text) in texts.Index())
        {
            Assert.That(together[at], Is.EqualTo(vectors.Of(text)[0]).Within(1e-5f), text);
        }
    }

    [Test]
    public void A_worker_that_writes_keeps_what_another_wrote_meanwhile()
    {
        using (TextVectors one = Load(), other = Load())
        {
            one.Kept(["is it secure"], out _);
            other.Kept(["how much is it"], out _);
        }

        using var next = Load();
        Assert.That(next.Keeps(["is it secure", "how much is it"]), Is.True);
    }

    [TestCase(100)]
    [TestCase(3)]
    public void A_file_that_was_cut_counts_as_empty_and_is_written_anew(int length)
    {
        using (var first = Load())
        {
            first.Kept(["is it secure"], out _);
        }

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        using var second = Load();
        Assert.That(second.Keeps(["is it secure"]), Is.False);
        second.Kept(["is it secure"], out _);
        using var third = Load();
        Assert.That(third.Keeps(["is it secure"]), Is.True);
    }

    [Test]
    public void A_file_that_cannot_be_written_is_a_problem_and_the_vectors_are_used()
    {
        File.WriteAllText(Path.GetDirectoryName(path)!, "not a folder");
        using var vectors = Load();
        Assert.That(vectors.Kept(["is it secure"], out var problem)[0], Has.Length.EqualTo(384));
        Assert.That(problem, Is.InstanceOf<IOException>());
    }

    TextVectors Load() => TextVectors.Load(path, out _)!;
}
