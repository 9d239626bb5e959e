using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Dlms;

/// <summary>Class 7 against the messages of other implementations.</summary>
public sealed class ProfileGenericTests
{
    private static readonly CosemAttributeDescriptor Clock = new(8, ObisCode.Parse("0-0:1.0.0.255"), 2);

    [Fact]
    public async Task A_range_is_asked_for_as_in_the_vector_but_in_utc()
    {
        (ProfileGeneric profile, FakeApduLink link) = await OpenAsync(MeterFrames.Vector("profile-empty"));

        IReadOnlyList<IReadOnlyList<DlmsData>> rows = await profile.ReadRangeAsync(
            Clock, new DateTimeOffset(2017, 10, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2017, 10, 1, 1, 0, 0, TimeSpan.Zero),
            columns: 2, CancellationToken.None);

        rows.Should().BeEmpty();
        // The vector's site is an hour ahead and in summer time (FFC4 80): this harness asks in UTC (0000 00).
        string expected = Convert.ToHexString(MeterFrames.Vector("profile-by-range-request"))
            .Replace("FFC480", "000000", StringComparison.Ordinal);
        link.Sent[1].ShouldBeHex(expected);
    }

    [Fact]
    public async Task The_columns_of_the_vector_are_read()
    {
        (ProfileGeneric profile, _) = await OpenAsync(MeterFrames.Vector("profile-capture-objects"));

        IReadOnlyList<CaptureObject> columns = await profile.ReadColumnsAsync(CancellationToken.None);

        columns.Should().Equal(
            new CaptureObject(Clock, 0), new CaptureObject(new CosemAttributeDescriptor(3, ObisCode.Parse("1-1:21.25.0.255"), 2), 0));
    }

    [Fact]
    public async Task The_rows_of_the_vector_are_read()
    {
        (ProfileGeneric profile, _) = await OpenAsync(MeterFrames.Vector("profile-rows-3"));

        IReadOnlyList<IReadOnlyList<DlmsData>> rows = await profile.ReadRangeAsync(
            Clock, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, columns: 2, CancellationToken.None);

        rows.Select(row => row[1].TryGetInt64(out long value) ? value : -1).Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task A_row_of_another_width_breaks_the_protocol()
    {
        (ProfileGeneric profile, _) = await OpenAsync(MeterFrames.Vector("profile-rows-3"));

        Func<Task> act = async () => await profile.ReadRangeAsync(
            Clock, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, columns: 3, CancellationToken.None);

        (await act.Should().ThrowAsync<RemoteProtocolException>()).WithMessage("*row 1*");
    }

    private static async Task<(ProfileGeneric Profile, FakeApduLink Link)> OpenAsync(params byte[][] answers)
    {
        FakeApduLink link = new([MeterFrames.Vector("aare-ok"), .. answers]);
        DlmsClient client = new(link);
        await client.AssociateAsync(new DlmsAssociationSettings(), CancellationToken.None);
        return (new ProfileGeneric(client, ObisCode.Parse("1-0:99.1.0.255"), "esme-01"), link);
    }
}
