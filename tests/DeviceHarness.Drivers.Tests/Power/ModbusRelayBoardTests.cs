using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.Power;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Power;

public sealed class ModbusRelayBoardTests : IAsyncDisposable
{
    private const string On = "01050000FF008C3A";
    private const string Off = "010500000000CDCA";
    private const string ReadOne = "010100000001FDCA";
    private const string StandsOn = "0101010190 48";
    private const string StandsOff = "010101005188";

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryTransportPair _pair;
    private readonly ModbusRelayBoard _board;

    public ModbusRelayBoardTests()
    {
        _pair = MemoryTransportPair.Create("relays", _time);
        _board = new ModbusRelayBoard(_pair.Near, address: 1, ModbusRelayBoard.UsualPatience);
    }

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Fact]
    public async Task A_coil_is_driven_by_the_makers_octets_and_read_back()
    {
        Task set = _board.SetAsync(1, isEnergised: true, CancellationToken.None);

        await ExchangeAsync(On, On);
        await ExchangeAsync(ReadOne, StandsOn);
        await set.DefaultTimeout();
    }

    [Fact]
    public async Task A_board_that_says_otherwise_is_told()
    {
        Task set = _board.SetAsync(1, isEnergised: true, CancellationToken.None);
        await ExchangeAsync(On, On);
        await ExchangeAsync(ReadOne, StandsOff);

        (await FaultOf(set)).Code.Should().Be("POWER-003");
    }

    [Fact]
    public async Task An_exception_of_the_board_is_told_with_its_channel_and_not_asked_again()
    {
        Task set = _board.SetAsync(1, isEnergised: false, CancellationToken.None);

        // Exception 2: it has no such coil.
        await ExchangeAsync(Off, "018502C351");

        TransportException fault = await FaultOf(set);
        fault.Code.Should().Be("POWER-002");
        fault.Message.Should().Contain("channel 1").And.Contain("no such coil");
    }

    [Theory]
    [InlineData("", "silence")]
    [InlineData("01050000FF008C3B", "a damaged checksum")]
    [InlineData("02050000FF008C09", "another board's answer")]
    public async Task What_is_no_sound_answer_is_asked_again(string answer, string why)
    {
        Task set = _board.SetAsync(1, isEnergised: true, CancellationToken.None);
        await ExchangeAsync(On, answer);
        if (answer.Length == 0)
        {
            await PassAsync();
        }

        await ExchangeAsync(On, On);
        await ExchangeAsync(ReadOne, StandsOn);

        await set.DefaultTimeout();
        set.IsCompletedSuccessfully.Should().BeTrue(why);
    }

    [Fact]
    public async Task A_board_that_stays_silent_is_told_after_three_tries()
    {
        Task set = _board.SetAsync(1, isEnergised: true, CancellationToken.None);
        for (int turn = 0; turn < ModbusRelayBoard.Tries; turn++)
        {
            await ExchangeAsync(On, string.Empty);
            await PassAsync();
        }

        (await FaultOf(set)).Code.Should().Be("POWER-001");
    }

    [Fact]
    public async Task The_small_boards_get_the_four_octets_of_their_sellers()
    {
        LcusRelayBoard board = new(_pair.Near);
        foreach (TestVector vector in TestVector.Load("power/relay-vectors.json").Where(vector => vector.Layer == "LCUS"))
        {
            await board.SetAsync(
                vector.Fields.GetProperty("channel").GetInt32(), vector.Fields.GetProperty("driven").GetBoolean(),
                CancellationToken.None).DefaultTimeout();

            (await ReceiveAsync(vector.Octets.Length)).Should().Equal(vector.Octets);
        }

        (await board.ReadAsync(1, CancellationToken.None)).Should().BeNull("it cannot tell");
    }

    private static async Task<TransportException> FaultOf(Task set)
    {
        Func<Task> wait = () => set.DefaultTimeout();
        return (await wait.Should().ThrowAsync<TransportException>()).Which;
    }

    private async Task ExchangeAsync(string request, string answer)
    {
        byte[] wanted = request.Octets();
        (await ReceiveAsync(wanted.Length)).Should().Equal(wanted);
        if (answer.Length > 0)
        {
            await _pair.Far.WriteAsync(answer.Replace(" ", string.Empty).Octets(), CancellationToken.None);
        }
    }

    private async Task<byte[]> ReceiveAsync(int octets)
    {
        byte[] received = new byte[octets];
        int count = 0;
        while (count < octets)
        {
            TransportRead read = await _pair.Far.ReadAsync(received.AsMemory(count), Timeout.InfiniteTimeSpan, CancellationToken.None)
                .AsTask().DefaultTimeout();
            count += read.Count;
        }

        return received;
    }

    /// <summary>Lets the patience of the one that waits for an answer end.</summary>
    private async Task PassAsync()
    {
        while (_time.ArmedTimers == 0)
        {
            await Task.Yield();
        }

        _time.Advance(ModbusRelayBoard.UsualPatience);
    }
}
