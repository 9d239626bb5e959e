using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Power;

/// <summary>A coil at a GPIO line, as a board of one channel. The line is taken when it is first driven, and held from then on.</summary>
/// <param name="line">The line.</param>
internal sealed class GpioCoil(GpioLineSettings line) : IRelayBoard, IDisposable
{
    private readonly Lock _gate = new();
    private GpioOutput? _output;

    /// <inheritdoc/>
    public Task SetAsync(int channel, bool isEnergised, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_output is null)
            {
                // Driven so from the first moment: not taken at rest and moved then.
                _output = GpioOutput.Open(line, isEnergised);
            }
            else
            {
                Through(output =>
                {
                    output.Set(isEnergised);
                    return true;
                });
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool?> ReadAsync(int channel, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_output is null ? (bool?)null : Through(output => output.Get()));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _output?.Dispose();
            _output = null;
        }
    }

    private bool Through(Func<GpioOutput, bool> use)
    {
        try
        {
            return use(_output!);
        }
        catch (TransportException)
        {
            // A board that was pulled out and comes back is taken anew.
            _output!.Dispose();
            _output = null;
            throw;
        }
    }
}
