using System.Buffers;
using DeviceHarness.Codecs.Wrapper;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Wrapper;

public sealed class WrapperReaderTests
{
    private static readonly byte[] Unit = TestVector.Load("dlms/dlms-vectors.json").Single(vector => vector.Name == "wrapper-aarq").Octets;

    private readonly WrapperReader _reader = new();

    [Fact]
    public void The_captured_unit_is_read_whatever_pieces_it_comes_in()
    {
        for (int split = 0; split <= Unit.Length; split++)
        {
            _reader.Append(Unit.AsSpan(0, split));
            OperationStatus early = split < Unit.Length ? _reader.TryRead(out _, out _, out _) : OperationStatus.NeedMoreData;
            _reader.Append(Unit.AsSpan(split));

            OperationStatus status = _reader.TryRead(out WrapperHeader header, out ReadOnlyMemory<byte> apdu, out _);

            early.Should().Be(OperationStatus.NeedMoreData, "split at {0}", split);
            status.Should().Be(OperationStatus.Done, "split at {0}", split);
            header.Should().Be(new WrapperHeader(16, 1, 31));
            apdu.Span.ShouldBeHex(Convert.ToHexString(Unit[8..]));
            _reader.Pending.IsEmpty.Should().BeTrue();
        }
    }

    [Fact]
    public void Units_that_come_together_are_read_one_by_one()
    {
        _reader.Append([.. Unit, .. Unit, .. Unit[..5]]);

        _reader.TryRead(out _, out _, out _).Should().Be(OperationStatus.Done);
        _reader.TryRead(out _, out _, out _).Should().Be(OperationStatus.Done);
        _reader.TryRead(out _, out _, out _).Should().Be(OperationStatus.NeedMoreData);
        _reader.Pending.Length.Should().Be(5);
    }

    [Fact]
    public void A_wrong_version_is_invalid_for_ever_and_until_the_reader_is_cleared()
    {
        byte[] wrong = TestVector.Load("dlms/dlms-vectors.json").Single(vector => vector.Name == "wrapper-bad-version").Octets;
        _reader.Append(wrong);
        _reader.Append(Unit);

        OperationStatus first = _reader.TryRead(out _, out _, out CodecFault fault);
        OperationStatus second = _reader.TryRead(out _, out _, out _);
        _reader.Clear();
        _reader.Append(Unit);

        first.Should().Be(OperationStatus.InvalidData);
        fault.Expected.Should().Be(1);
        fault.Actual.Should().Be(2);
        second.Should().Be(OperationStatus.InvalidData);
        _reader.TryRead(out _, out _, out _).Should().Be(OperationStatus.Done);
    }

    [Fact]
    public void The_largest_unit_fits_and_an_empty_one_is_one()
    {
        byte[] largest = [0, 1, 0, 1, 0, 16, 0xFF, 0xFF, .. new byte[65_535]];
        byte[] empty = [0, 1, 0, 1, 0, 16, 0, 0];

        _reader.Append(largest).Should().Be(largest.Length);
        _reader.TryRead(out WrapperHeader header, out ReadOnlyMemory<byte> apdu, out _).Should().Be(OperationStatus.Done);
        _reader.Append(empty).Should().Be(empty.Length);
        OperationStatus status = _reader.TryRead(out WrapperHeader second, out ReadOnlyMemory<byte> nothing, out _);

        header.ApduOctets.Should().Be(65_535);
        apdu.Length.Should().Be(65_535);
        status.Should().Be(OperationStatus.Done);
        second.ApduOctets.Should().Be(0);
        nothing.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void A_full_reader_takes_no_more_and_holds_a_whole_unit_then()
    {
        byte[] units = [.. Enumerable.Repeat(Unit, (WrapperReader.CapacityOctets / Unit.Length) + 2).SelectMany(unit => unit)];

        int taken = _reader.Append(units);
        int more = _reader.Append(units);

        taken.Should().Be(WrapperReader.CapacityOctets);
        more.Should().Be(0);
        _reader.TryRead(out _, out _, out _).Should().Be(OperationStatus.Done);
        _reader.Append(units).Should().Be(Unit.Length);
    }
}
