using DeviceHarness.Packs.Library;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

public sealed class RegressionLibraryTests
{
    // When this fails, a pack of the standard regression pack changed its version: count the version of the regression pack up, too.
    [Fact]
    public void The_standard_regression_pack_is_built_in_packs_each_with_the_version_that_it_was_counted_with()
    {
        string packs = string.Join(", ", RegressionLibrary.Packs.Select(pack => $"{pack.Name} {pack.Version}"));

        $"{RegressionLibrary.Name} {RegressionLibrary.Version}: {packs}".Should()
            .Be("standard-regression 1.1: dmct-smoke 1.0, suspended-devices 1.0, firmware 1.1");
        RegressionLibrary.Hash.Should().HaveLength(64);
    }
}
