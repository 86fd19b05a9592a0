using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using Teleprompter.Bus;
using Teleprompter.Cli;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Hub;
using Teleprompter.Hosting.Storage;
using Teleprompter.InferenceWorker;
using Teleprompter.InferenceWorker.Playbook;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Teleprompter.Tests.Unit.Repository;

public sealed class FolderTests
{
    static readonly Architecture Production = new ArchLoader().LoadAssemblies(
        [
            typeof(CallEvent).Assembly,
            typeof(CallInput).Assembly,
            typeof(StoreWatch).Assembly,
            typeof(PlaybookCard).Assembly,
            typeof(WorkerRegistration).Assembly,
            typeof(CallHub).Assembly,
            typeof(CallClient).Assembly,
            typeof(TeleprompterCommand).Assembly,
        ]).Build();

    /// <summary>Dependencies that close a circle and are still to be cut.</summary>
    static readonly string[] Known = [];

    [Test]
    public void The_folders_of_a_project_depend_on_each_other_in_one_direction_only()
    {
        var rule = new SliceRuleCreator();
        rule.SetSliceAssignment(new SliceAssignment(FolderOf, "folders"));
        var circles = new GivenSlices(rule).Should().BeFreeOfCycles()
            .Evaluate(Production).Where(result => !result.Passed).Select(result => result.Description);

        Assert.That(circles.Where(circle => !Known.Any(edge => circle.Contains(edge, StringComparison.Ordinal))), Is.Empty);
    }

    [TestCase("InferenceWorker")]
    [TestCase("Gateway")]
    public void No_folder_depends_on_the_root_that_puts_the_process_together(string project) =>
        Types().That().ResideInNamespaceMatching($@"^Teleprompter\.{project}\.").Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^Teleprompter\.{project}$")).Check(Production);

    /// <summary>
    /// A folder and its subfolders are one; in the contracts, the root and each folder are. The files at the root of another project, which
    /// list or share what its folders have, belong to none.
    /// </summary>
    static SliceIdentifier FolderOf(IType type) =>
        type.Namespace.FullName.Split('.') switch
        {
            ["Teleprompter", "Bus" or "Contracts", ..] => SliceIdentifier.Of(type.Namespace.FullName),
            ["Teleprompter", var project, var folder, ..] => SliceIdentifier.Of($"{project}.{folder}"),
            _ => SliceIdentifier.Ignore(),
        };
}
