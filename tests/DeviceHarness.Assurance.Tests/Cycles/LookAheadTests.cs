using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class LookAheadTests
{
    /// <summary>Rows of executions by their devices, one letter each; <c>*</c> may touch all.</summary>
    [Theory]
    [InlineData("", "a b", 0, "the first comes first")]
    [InlineData("a a", "a b", 1, "a has enough waiting")]
    [InlineData("a a", "a ab b", -1, "what waits for a and b stands before b")]
    [InlineData("a a", "a bc b c d", 1, "b and c are idle")]
    [InlineData("a a b b", "a ab c d", 2, "c shares nothing with those that wait")]
    [InlineData("a a", "* b", -1, "nothing overtakes what wants the whole rig")]
    [InlineData("a a", "a * b", -1, "and it overtakes nothing")]
    [InlineData("a", "* b", 0, "it may wait behind one")]
    [InlineData("* *", "b", -1, "those that want the rig count for every device")]
    [InlineData("ab a", "b", 0, "b has one only")]
    [InlineData("a a", "", -1, "nothing is queued")]
    public void The_next_one_is_the_first_whose_devices_have_not_enough(string live, string queued, int place, string because)
    {
        LookAhead.Choose([.. Read(live)], Read(queued), depth: 2).Should().Be(place, because);
    }

    private static IEnumerable<IReadOnlyList<string>> Read(string rows) =>
        rows.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => (IReadOnlyList<string>)(row == "*" ? [] : [.. row.Select(device => device.ToString())]));
}
