using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Repo.Tests.Rules;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

/// <summary>What other projects, and other versions of the harness, rely on changes only visibly.</summary>
public sealed class GoldenFileTests
{
    [Fact]
    public void The_public_members_of_the_abstractions_are_the_committed_ones() =>
        GoldenFile.Differences("abstractions.txt", PublicMembers.Of(typeof(HarnessException).Assembly)).Should().BeEmpty(GoldenFile.Advice);

    [Fact]
    public void The_contracts_on_the_wire_are_the_committed_ones() =>
        GoldenFile.Differences(
            "contracts.txt", ContractListing.Of(CommonReflection.Descriptor, HarnessReflection.Descriptor, RigReflection.Descriptor))
            .Should().BeEmpty(GoldenFile.Advice);

    [Fact]
    public void A_difference_is_found() => GoldenFile.Differences(["a", "b"], ["b", "c"]).Should().Equal("- a", "+ c");
}
