using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>The built-in packs on the rigs that they are meant for, every device virtual and in this process, on a clock that jumps over
/// each wait. Each case has a bench of its own: what it shows depends on nothing but the case and the defect.</summary>
public sealed class SelfTestSuite
{
    private const string Default = "rig-config.yaml";
    private const string Secured = "rigs/secured/rig.yaml";
    private const string Han = "rigs/han/rig.yaml";
    private const string Home = "rigs/home/rig.yaml";
    private const string HanHub = "rigs/han-hub/rig.yaml";

    private static readonly (string Pack, string Rig, bool IsElsewhereToo)[] Places =
    [
        ("dmct-smoke", Default, false), ("dmct-smoke", Secured, true), ("dmct-srv", Default, false), ("firmware", Default, false),
        ("firmware-order", Default, false),
        ("suspended-devices", Default, false), ("commissioning", Default, false), ("operator-certificates", Default, false),
        ("migration", Default, false), ("auxiliary-load", "rigs/models/rig.yaml", false),
        ("operator-certificates-smets2", "rigs/smets2/rig.yaml", false), ("comms-hub", "rigs/hub/rig.yaml", false),
        ("ppmid-firmware", "rigs/hub/rig.yaml", false),
        ("key-rotation", Secured, false), ("key-automation", Secured, false),
        ("prepayment", Default, false), ("security-negative", Default, false), ("service-provider", "rigs/service/rig.yaml", false),
        ("installation-migration", "rigs/migration/rig.yaml", false),
        ("dmct-smoke-gsme", Han, false), ("dmct-srv-gsme", Han, false), ("prepayment-gsme", Han, false), ("firmware-gsme", Han, false),
        ("network-key", Han, false),
        ("gas-home", Home, false), ("firmware-ppmid", Home, false), ("firmware-ppmid-later", "rigs/later/rig.yaml", false),
        ("han-hub", HanHub, false), ("firmware-hub", HanHub, false),
    ];

    // The gas meters of these rigs wake every ten seconds.
    private static readonly Dictionary<string, Dictionary<string, string>> Parameters = new()
    {
        ["gas-home"] = new() { ["wake"] = "30s", ["report"] = "12s" },
        ["prepayment-gsme"] = new() { ["wake"] = "30s" },
        ["han-hub"] = new() { ["joins"] = "3m" },
    };

    private SelfTestSuite(IReadOnlyList<SelfTestCase> cases) => Cases = cases;

    /// <summary>The cases, in the order of packs and of each pack.</summary>
    public IReadOnlyList<SelfTestCase> Cases { get; }

    /// <summary>The built-in packs with cases of their own that the self-test does not run. Of those that expect what a device tells
    /// unasked nothing would come: nobody listens here.</summary>
    public static IReadOnlyList<string> PacksLeftOut { get; } =
    [
        .. PackLibrary.List.Where(pack => pack.Cases.Any(IsOwn)).Select(pack => pack.Name)
            .Where(name => Places.All(place => place.Pack != name)),
    ];

    /// <summary>Reads the rig files.</summary>
    /// <param name="folder">The folder that holds <c>rig-config.yaml</c> and <c>rigs</c>.</param>
    /// <exception cref="ConfigurationException">A file is missing or wrong.</exception>
    public static SelfTestSuite Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Dictionary<string, SelfTestBench> benches = [];
        List<SelfTestCase> cases = [];
        foreach ((string name, string file, bool isElsewhereToo) in Places)
        {
            if (!benches.TryGetValue(file, out SelfTestBench? place))
            {
                place = benches[file] = new SelfTestBench(Path.Combine(folder, file));
            }

            TestPack pack = Find(name);
            string bench = isElsewhereToo ? $"{name}@{place.Rig.Name}" : name;
            cases.AddRange(pack.Cases.Where(IsOwn).Select(testCase => new SelfTestCase(bench, place, pack, testCase)));
        }

        return new SelfTestSuite(cases);
    }

    /// <summary>Runs one case on a bench of its own.</summary>
    /// <param name="testCase">The case.</param>
    /// <param name="planted">The defect; null for a sound bench. One that may not show in the case is not planted.</param>
    /// <param name="cancellationToken">Ends the case.</param>
    public static async Task<SelfTestOutcome> RunAsync(
        SelfTestCase testCase, DefectSwitch? planted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(testCase);
        planted = testCase.MayShow(planted) ? planted : null;
        string folder = Directory.CreateTempSubdirectory("harness-selftest-").FullName;
        try
        {
            string[] serviceDefects = planted is { Place: DefectPlace.Service } ? [planted.Name] : [];
            SelfTestRig rig = new(testCase.Place, serviceDefects, planted, folder);
            await using System.Runtime.CompilerServices.ConfiguredAsyncDisposable ending = rig.ConfigureAwait(false);
            return await rig.RunAsync(testCase, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs cases, as many side by side as the machine has processors.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="planted">The defect; null for a sound bench.</param>
    /// <param name="cancellationToken">Ends them.</param>
    /// <returns>The outcomes, in the order of the cases.</returns>
    public static async Task<IReadOnlyList<SelfTestOutcome>> RunAllAsync(
        IReadOnlyList<SelfTestCase> cases, DefectSwitch? planted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cases);
        SelfTestOutcome[] outcomes = new SelfTestOutcome[cases.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cases.Count), cancellationToken,
            async (index, token) => outcomes[index] = await RunAsync(cases[index], planted, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        return outcomes;
    }

    private static TestPack Find(string name)
    {
        TestPack pack = PackLibrary.Find(name)
            ?? throw new System.Diagnostics.UnreachableException($"the pack {name} comes with the harness");
        if (!Parameters.TryGetValue(name, out Dictionary<string, string>? parameters))
        {
            return pack;
        }

        PackBundle bundle = new(pack.Text, name);
        bundle.Give(parameters);
        return PackLoader.Load(bundle.Text, name);
    }

    // A case that is taken in from another pack is run with that pack.
    private static bool IsOwn(TestCase testCase) => testCase.Source.Length == 0;
}
