using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary><c>harness read</c>, on virtual meters.</summary>
public sealed class ReadCommandTests
{
    [Fact]
    public async Task A_read_of_a_virtual_meter_prints_the_values_by_name()
    {
        using RunFolder folder = new();

        await using HarnessProcess table = await HarnessProcess.RunAsync(
            folder.Path, "read", "esme", "4.1.1", "--virtual", "--rig-config", folder.RigConfig);
        await using HarnessProcess json = await HarnessProcess.RunAsync(
            folder.Path, "read", "esme-01", "7.4", "--virtual", "--json", "--rig-config", folder.RigConfig);

        table.ExitCode.Should().Be(0, table.Error);
        table.Output.Should().Contain("Electricity.ActiveImportRegister.Value").And.Contain("MessageSuccess");
        json.ExitCode.Should().Be(0, json.Error);
        using JsonDocument answer = JsonDocument.Parse(json.Output);
        answer.RootElement.GetProperty("isDone").GetBoolean().Should().BeTrue();
        answer.RootElement.GetProperty("values").GetProperty("SupplyState").GetString().Should().Be("Enabled");
        folder.Processes().Should().BeEmpty();
    }

    [Fact]
    public async Task A_read_that_the_model_does_not_have_is_a_refusal_and_exit_code_1()
    {
        using RunFolder folder = new();

        await using HarnessProcess read = await HarnessProcess.RunAsync(
            folder.Path, "read", "esme", "7.7", "--virtual", "--rig-config", folder.RigConfig);

        read.ExitCode.Should().Be(1, read.Error);
        read.Error.Should().Contain("I0").And.Contain("no object for SRV 7.7");
    }

    [Theory]
    [InlineData("harness srv list", "esme", "4.99")]
    [InlineData("is no read", "esme", "7.1")]
    [InlineData("no SMETS1 device holds certificates", "esme", "6.24.1")]
    [InlineData("has no device 'gsme'", "gsme", "4.1.1")]
    [InlineData("start=", "esme", "4.8.1")]
    [InlineData("found 'from=x'", "esme", "4.1.1", "from=x")]
    [InlineData("dateTime", "esme", "4.8.1", "start=yesterday", "end=2026-07-01T00:00:00Z")]
    public async Task What_cannot_be_asked_is_refused_before_anything_starts(string reason, params string[] arguments)
    {
        using RunFolder folder = new();

        CommandRun read = await CommandRun.OfAsync(["read", .. arguments, "--virtual", "--rig-config", folder.RigConfig]);

        read.ExitCode.Should().Be(2, read.Output);
        read.Error.Should().Contain(reason);
    }

    [Fact]
    public async Task A_read_that_no_User_of_the_rig_may_send_is_refused_before_anything_starts()
    {
        using RunFolder folder = new();
        string text = await File.ReadAllTextAsync(folder.RigConfig);
        await File.WriteAllTextAsync(folder.RigConfig, text.Replace("  ES: ", "  GS-other: ", StringComparison.Ordinal));

        CommandRun read = await CommandRun.OfAsync("read", "esme", "4.6.2", "--virtual", "--rig-config", folder.RigConfig);

        read.ExitCode.Should().Be(2, read.Output);
        read.Error.Should().Contain("no User of the role ES");
    }
}
