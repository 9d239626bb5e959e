namespace DeviceHarness.Rpc.Server;

/// <summary>A service for the time of one call.</summary>
/// <param name="instance">The service.</param>
/// <param name="isOwned">Whether it was made for this call and is disposed of with it.</param>
internal readonly struct ActivatedService<TService>(TService instance, bool isOwned) : IAsyncDisposable
    where TService : class
{
    public TService Instance => instance;

    public async ValueTask DisposeAsync()
    {
        if (!isOwned)
        {
            return;
        }

        if (instance is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else if (instance is IDisposable synchronous)
        {
            synchronous.Dispose();
        }
    }
}
