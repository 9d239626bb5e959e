using System.Buffers;
using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Survey;

/// <summary>Keeps what came of a long value while it comes, so that one that is cut short is not lost, and ends one that does not
/// end.</summary>
/// <param name="inner">The link.</param>
/// <param name="maximumOctets">The longest value, in octets.</param>
/// <param name="told">Is told how many octets came, after each block.</param>
internal sealed class WatchedLink(IApduLink inner, int maximumOctets, Action<int> told) : IApduLink
{
    /// <summary>More blocks than any value of that length has.</summary>
    internal const int MaximumBlocks = 1024;

    private readonly ArrayBufferWriter<byte> _value = new();
    private int _blocks;

    /// <inheritdoc/>
    public string Port => inner.Port;

    /// <summary>What came of the last value: whole, or as far as it came.</summary>
    internal ReadOnlyMemory<byte> Value => _value.WrittenMemory;

    /// <summary>A new value is asked for.</summary>
    internal void Begin()
    {
        _value.ResetWrittenCount();
        _blocks = 0;
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> answer = await inner.ExchangeAsync(apdu, cancellationToken).ConfigureAwait(false);
        Keep(answer);
        return answer;
    }

    private void Keep(ReadOnlyMemory<byte> answer)
    {
        if (GetResponse.Decode(answer.Span, out GetResponse response, out _, out CodecFault _) != OperationStatus.Done)
        {
            // Whoever asked judges what it is.
            return;
        }

        if (response.Choice == GetResponseChoice.Normal && response.Result.HasData)
        {
            _value.Write(response.Result.Data);
        }
        else if (response.Choice == GetResponseChoice.WithDatablock && response.HasRawData)
        {
            _value.Write(response.RawData);
            _blocks++;
            told(_value.WrittenCount);
        }

        if (_value.WrittenCount > maximumOctets || _blocks > MaximumBlocks)
        {
            throw new RemoteProtocolException(
                SurveyProblem.ListWithoutEnd,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Port}: the value does not end: {_value.WrittenCount} octets in {_blocks} blocks, and none said to be the last"),
                answer);
        }
    }
}
