using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Dlms;

/// <summary>Selections by range and entry, held to requests that other implementations made.</summary>
public sealed class ProfileSelectionTests
{
    private static readonly CaptureObjectDefinition Clock =
        new(new CosemAttributeDescriptor(8, ObisCode.Parse("0-0:1.0.0.255"), 2), 0);

    [Fact]
    public void The_period_of_another_implementations_request_is_read_and_written_again()
    {
        byte[] parameters = Parameters("profile-by-range-request");

        RangeDescriptor.Decode(parameters, out RangeDescriptor range, out int consumed, out _).Should().Be(OperationStatus.Done);
        range.Restricting.Should().Be(Clock);
        range.ColumnCount.Should().Be(0);
        range.TryGetMoments(out CosemDateTime from, out CosemDateTime to).Should().BeTrue();
        from.ToString().Should().Be("2017-10-01 Sun 00:00:00.00 deviation -60 status 80");
        to.ToString().Should().Be("2017-10-01 Sun 01:00:00.00 deviation -60 status 80");

        byte[] period = new byte[RangeDescriptor.EncodedMomentsOctets];
        byte[] again = new byte[RangeDescriptor.EncodedMomentsOctets];
        RangeDescriptor.EncodePeriod(Clock, from, to, period, out int periodOctets).Should().Be(OperationStatus.Done);
        RangeDescriptor.Encode(range, again, out int written).Should().Be(OperationStatus.Done);
        consumed.Should().Be(parameters.Length);
        period[..periodOctets].ShouldBeHex(Convert.ToHexString(parameters));
        again[..written].ShouldBeHex(Convert.ToHexString(parameters));
    }

    [Fact]
    public void The_entries_of_another_implementations_request_are_read_and_written_again()
    {
        byte[] parameters = Parameters("profile-by-entry-request");

        EntryDescriptor.Decode(parameters, out EntryDescriptor entries, out int consumed, out _).Should().Be(OperationStatus.Done);

        byte[] again = new byte[EntryDescriptor.EncodedOctets];
        EntryDescriptor.Encode(entries, again, out int written).Should().Be(OperationStatus.Done);
        entries.Should().Be(new EntryDescriptor(1, 3, 1, 0));
        entries.IsEmpty.Should().BeFalse();
        (consumed, written).Should().Be((parameters.Length, EntryDescriptor.EncodedOctets));
        again.ShouldBeHex(Convert.ToHexString(parameters));
    }

    [Fact]
    public void Chosen_columns_go_with_a_range()
    {
        byte[] columns = new byte[2 * CaptureObjectDefinition.EncodedOctets];
        AxdrWriter writer = new(columns);
        CaptureObjectDefinition energy = new(new CosemAttributeDescriptor(3, ObisCode.Parse("1-0:1.8.0.255"), 2), 1);
        Clock.Write(ref writer);
        energy.Write(ref writer);
        byte[] target = new byte[128];

        RangeDescriptor.Encode(new(Clock, [0x06, 0, 0, 0, 1], [0x06, 0, 0, 0, 9], 2, columns), target, out int written)
            .Should().Be(OperationStatus.Done);

        RangeDescriptor.Decode(target.AsSpan(0, written), out RangeDescriptor range, out _, out _).Should().Be(OperationStatus.Done);
        AxdrReader reader = new(range.EncodedColumns);
        CaptureObjectDefinition.TryRead(ref reader, out CaptureObjectDefinition first).Should().BeTrue();
        CaptureObjectDefinition.TryRead(ref reader, out CaptureObjectDefinition second).Should().BeTrue();
        (range.ColumnCount, first, second).Should().Be((2, Clock, energy));
        range.TryGetMoments(out _, out _).Should().BeFalse("the bounds are numbers");
    }

    [Theory]
    [InlineData(0u, 0u, 1, 0)]
    [InlineData(5u, 4u, 1, 0)]
    [InlineData(1u, 0u, 0, 0)]
    [InlineData(1u, 0u, 3, 2)]
    public void Entries_that_no_row_can_be_in_are_known(uint fromEntry, uint toEntry, int fromColumn, int toColumn) =>
        new EntryDescriptor(fromEntry, toEntry, (ushort)fromColumn, (ushort)toColumn).IsEmpty.Should().BeTrue();

    [Theory]
    [InlineData(1, "profile-by-range-request")]
    [InlineData(2, "profile-by-entry-request")]
    public void The_server_reads_the_selector_that_it_gets(byte selector, string vector)
    {
        ProfileSelection selection = ProfileSelection.Read(new SelectiveAccess(selector, Parameters(vector)));

        selection.Refusal.Should().Be(DataAccessResult.Success);
        (selection.IsRange, selection.IsEntry).Should().Be((selector == 1, selector == 2));
    }

    [Fact]
    public void Without_a_selection_everything_is_selected()
    {
        ProfileSelection selection = ProfileSelection.Read(default);

        (selection.Refusal, selection.IsRange, selection.IsEntry).Should().Be((DataAccessResult.Success, false, false));
    }

    [Theory]
    [InlineData(3, "profile-by-range-request", DataAccessResult.ScopeOfAccessViolated)]
    [InlineData(0, "profile-by-entry-request", DataAccessResult.ScopeOfAccessViolated)]
    [InlineData(1, "profile-by-entry-request", DataAccessResult.TypeUnmatched)]
    [InlineData(2, "profile-by-range-request", DataAccessResult.TypeUnmatched)]
    public void What_is_no_selection_is_refused_with_its_reason(byte selector, string vector, DataAccessResult expected)
    {
        ProfileSelection selection = ProfileSelection.Read(new SelectiveAccess(selector, Parameters(vector)));

        selection.Refusal.Should().Be(expected);
        (selection.Fault.Kind == CodecFaultKind.None).Should().Be(expected == DataAccessResult.ScopeOfAccessViolated);
    }

    [Fact]
    public void Octets_after_the_parameters_are_of_another_type_too()
    {
        byte[] parameters = [.. Parameters("profile-by-entry-request"), 0];

        ProfileSelection.Read(new SelectiveAccess(2, parameters)).Refusal.Should().Be(DataAccessResult.TypeUnmatched);
    }

    private static byte[] Parameters(string name)
    {
        byte[] request = TestVector.Load("dlms/dlms-vectors.json").Single(vector => vector.Name == name).Octets;
        GetRequest.Decode(request, out GetRequest decoded, out _, out _).Should().Be(OperationStatus.Done);
        return decoded.Selection.Parameters.ToArray();
    }
}
