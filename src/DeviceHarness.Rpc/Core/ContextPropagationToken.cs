namespace Grpc.Core;

/// <summary>Would carry deadline and cancellation from a served call to calls made for it. There is none here:
/// pass <see cref="ServerCallContext.Deadline"/> and <see cref="ServerCallContext.CancellationToken"/> on.</summary>
public abstract class ContextPropagationToken
{
    private protected ContextPropagationToken()
    {
    }
}
