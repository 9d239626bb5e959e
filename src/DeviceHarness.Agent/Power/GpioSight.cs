using System.Diagnostics;
using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Power;

/// <summary>A GPIO line that is looked at; the kernel stamps each change. It is taken when it is first looked at, and held from then on:
/// changes before that are of no case.</summary>
/// <param name="line">The line.</param>
internal sealed class GpioSight(GpioLineSettings line) : IContactSight, IDisposable
{
    private static readonly TimeSpan UntilAnotherLook = TimeSpan.FromSeconds(1);
    private static int _openings;

    private readonly Lock _gate = new();
    private GpioInput? _input;
    private string _source = string.Empty;

    /// <inheritdoc/>
    public ContactSighting Look() =>
        Through(input => new ContactSighting(_source, Stopwatch.GetTimestamp(), input.Get(), input.Edges()));

    /// <inheritdoc/>
    public async Task WaitAsync(long sequence, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task edge = Through(input => input.WaitForEdgeAsync(sequence, cancellationToken));
        TimeSpan wait = atMost < UntilAnotherLook ? atMost : UntilAnotherLook;
        await edge.WaitAsync(wait, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _input?.Dispose();
            _input = null;
        }
    }

    private T Through<T>(Func<GpioInput, T> use)
    {
        lock (_gate)
        {
            if (_input is null)
            {
                _input = GpioInput.Open(line);
                _source = string.Create(
                    CultureInfo.InvariantCulture, $"gpio {Environment.ProcessId} {Interlocked.Increment(ref _openings)}");
            }

            try
            {
                return use(_input);
            }
            catch (TransportException)
            {
                // A board that comes back counts its changes anew: another source.
                _input.Dispose();
                _input = null;
                throw;
            }
        }
    }
}
