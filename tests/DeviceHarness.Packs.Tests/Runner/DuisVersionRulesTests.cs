using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

/// <summary>What a case sends follows the DUIS version that the system of each of its Users speaks.</summary>
public sealed class DuisVersionRulesTests
{
    private const byte ImportSupplier = 1;

    private const string PpmidFirmware = """
        - name: give a PPMID firmware
          request:
            srv: "11.4"
            target: 90-B3-D5-1F-30-00-00-02
            body: { FirmwareImage: AAAA, FirmwareVersion: "1", DeviceIDList: 90-B3-D5-1F-30-00-00-A4 }
        """;

    private readonly ScriptedBench _bench = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Each_request_is_written_in_the_version_of_its_own_user()
    {
        _bench.DuisVersions[ImportSupplier] = "3.1";

        await RunAsync("- request: { srv: \"7.4\" }\n- request: { srv: \"11.2\", role: OU }");

        _bench.Script.Requests.Select(xml => DuisRequestReader.Read(xml).Message.SchemaVersion).Should().Equal("3.1", "5.4");
    }

    [Fact]
    public async Task A_case_that_needs_what_the_version_of_its_user_lacks_is_blocked_before_its_first_step()
    {
        _bench.DuisVersions[ImportSupplier] = "3.1";

        AttemptResult result = await RunAsync("- request: { srv: \"7.4\" }\n" + PpmidFirmware);

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("'give a PPMID firmware' of the User IS: DUIS 3.1 has no 11.4");
        result.Steps.Should().BeEmpty();
        _bench.Script.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_case_is_run_where_the_version_has_it()
    {
        _bench.DuisVersions[ImportSupplier] = "5.0";

        await RunAsync(PpmidFirmware);

        _bench.Script.Requests.Should().ContainSingle().Which.Should().Contain("schemaVersion=\"5.0\"");
    }

    private Task<AttemptResult> RunAsync(string steps)
    {
        TestPack pack = PackText.LoadSteps(steps, string.Empty);
        RunOptions options = new() { Time = _time, Seed = 7, HarnessVersion = "0.1" };
        return new PackRunner().RunCaseAsync(pack, pack.Cases[0], _bench, new RecordingJournal(), options, CancellationToken.None)
            .DefaultTimeout();
    }
}
