namespace Grpc.Core;

/// <summary>Would add authentication to each call. There is none here: pass metadata in <see cref="CallOptions.Headers"/>.</summary>
public abstract class CallCredentials
{
    private protected CallCredentials()
    {
    }
}
