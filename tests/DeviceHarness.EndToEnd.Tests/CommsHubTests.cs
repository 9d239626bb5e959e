using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class CommsHubTests
{
    [Fact]
    public async Task The_requests_of_the_hub_and_what_it_tells_of_itself_pass_through_processes()
    {
        using RunFolder folder = new();
        string rigs = Path.Combine(RepositoryRoot.Path, "rigs");
        string rig = (await File.ReadAllTextAsync(Path.Combine(rigs, "hub", "rig.yaml")))
            .Replace("model: ../", $"paced: false, model: {rigs}/", StringComparison.Ordinal)
            .Replace("response-timeout: 1s, retries: 1", "response-timeout: 10s, retries: 2", StringComparison.Ordinal);
        string file = Path.Combine(folder.Path, "hub.yaml");
        await File.WriteAllTextAsync(file, rig);

        await using HarnessProcess run = await HarnessProcess.RunAsync(
            folder.Path, "run", "comms-hub", "--virtual", "--rig-config", file,
            "--only", "HUB-01", "--only", "HUB-02", "--only", "HUB-03", "--only", "HUB-04", "--only", "HUB-05");

        run.ExitCode.Should().Be(0, $"{run.Output}\n{run.Error}");
        run.Output.Should().Contain("Pass rate: 100 % (5 of 5 in-scope cases passed");
        run.Output.Should().NotContain("83FED3407A939723A5C639B26916D505", "an install code is a secret");
    }
}
