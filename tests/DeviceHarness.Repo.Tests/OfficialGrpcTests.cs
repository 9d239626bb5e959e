using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

/// <summary>What the projects are with <c>UseOfficialGrpc</c>. They are evaluated, not built: the packages cannot be restored
/// everywhere.</summary>
public sealed class OfficialGrpcTests
{
    private static readonly string[] OfficialPackages = ["Grpc.AspNetCore.Server", "Grpc.Net.Client"];

    private static readonly ConcurrentDictionary<(string Project, bool IsOfficial), Task<JsonElement>> Evaluations = new();

    [Theory]
    [InlineData("src/DeviceHarness.Rpc/DeviceHarness.Rpc.csproj")]
    [InlineData("src/DeviceHarness.Contracts/DeviceHarness.Contracts.csproj")]
    public async Task The_official_packages_and_their_own_lock_file_come_only_when_asked_for(string project)
    {
        JsonElement usual = await EvaluateAsync(project, official: false);
        JsonElement official = await EvaluateAsync(project, official: true);

        Items(usual, "PackageReference").Should().NotContain(OfficialPackages);
        Items(official, "PackageReference").Should().Contain(OfficialPackages);
        Items(official, "PackageVersion").Should().Contain(OfficialPackages);
        Property(usual, "NuGetLockFilePath").Should().BeEmpty();
        Property(official, "NuGetLockFilePath").Should().EndWith("/packages.official.lock.json");
        Path.GetDirectoryName(Property(official, "NuGetLockFilePath")).Should().Be(
            Path.GetDirectoryName(Path.Combine(RepositoryRoot.Path, project)));
    }

    [Fact]
    public async Task With_them_nothing_of_ours_stands_in_their_place()
    {
        JsonElement rpc = await EvaluateAsync("src/DeviceHarness.Rpc/DeviceHarness.Rpc.csproj", official: true);
        JsonElement contracts = await EvaluateAsync("src/DeviceHarness.Contracts/DeviceHarness.Contracts.csproj", official: true);

        Items(rpc, "Compile").Select(file => file.Split('/')[0]).Distinct()
            .Should().BeEquivalentTo("Hosting", "Health", "Reflection");
        Items(contracts, "ProjectReference").Should().NotContain(reference => reference.Contains("Rpc", StringComparison.Ordinal));
    }

    [Fact]
    public void No_lock_file_names_them() =>
        Directory.EnumerateFiles(RepositoryRoot.Path, "packages.lock.json", SearchOption.AllDirectories)
            .Where(file => OfficialPackages.Any(File.ReadAllText(file).Contains))
            .Should().BeEmpty();

    private static IEnumerable<string> Items(JsonElement evaluation, string type) =>
        evaluation.GetProperty("Items").GetProperty(type).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);

    private static string Property(JsonElement evaluation, string name) =>
        evaluation.GetProperty("Properties").GetProperty(name).GetString()!;

    private static Task<JsonElement> EvaluateAsync(string project, bool official) =>
        Evaluations.GetOrAdd((project, official), static asked => AskAsync(asked.Project, asked.IsOfficial));

    private static async Task<JsonElement> AskAsync(string project, bool official)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [
                "msbuild", project, "-nologo", "-noAutoResponse", $"-p:UseOfficialGrpc={(official ? "true" : "false")}",
                "-getProperty:NuGetLockFilePath", "-getProperty:UseOfficialGrpc",
                "-getItem:PackageReference", "-getItem:PackageVersion", "-getItem:ProjectReference", "-getItem:Compile",
            ])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().DefaultTimeout();
        string text = await output;
        process.ExitCode.Should().Be(0, $"{text}{await errors}");
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
