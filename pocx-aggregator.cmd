@echo off
rem Runs the aggregator on Windows as the script pocx-aggregator does elsewhere: finds a Java, builds the program where it is
rem missing or older than the sources, and passes all arguments and the exit status on.
rem
rem POCX_JAVA_OPTS (or JAVA_OPTS) is added to the JVM's options and wins over those below, for example -Xmx1g.
rem POCX_NO_BUILD=1 runs the program that is there, whatever the sources say.
rem POCX_PREPARE=1 makes the start archives instead of running anything.
rem
rem All variables begin with _pocx_: the program sees them, and a configuration may name any other variable. No block in
rem parentheses holds a path without quotes, as a path may have parentheses, too. Delayed expansion would eat exclamation marks.
setlocal EnableExtensions DisableDelayedExpansion

set "_pocx_home=%~dp0"
if "%_pocx_home:~-1%"=="\" set "_pocx_home=%_pocx_home:~0,-1%"

rem The same options as in pocx-aggregator, with the same reasons.
set "_pocx_options=-XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -Xms64m -Xmn24m -Xmx512m"
set "_pocx_options=%_pocx_options% -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED"

call :find_java java.exe
if not defined _pocx_found goto no_java
set "_pocx_java=%_pocx_found%"
set "_pocx_java_version=%_pocx_found_version%"

if not exist "%_pocx_home%\pom.xml" goto installed
set "_pocx_jar=%_pocx_home%\aggregator-cli\target\pocx-aggregator.jar"
if defined POCX_NO_BUILD goto have_jar
call :is_stale
if errorlevel 1 goto have_jar
call :build
if not errorlevel 1 goto have_jar
if exist "%_pocx_jar%" goto older_build
>&2 echo pocx-aggregator: the build failed, and there is no program from an earlier one; the lines above say why
exit /b 1
:older_build
>&2 echo pocx-aggregator: WARNING: the build failed; running the program as it was built before
goto have_jar

:installed
set "_pocx_jar=%_pocx_home%\lib\pocx-aggregator.jar"
if not exist "%_pocx_jar%" set "_pocx_jar=%_pocx_home%\pocx-aggregator.jar"

:have_jar
if exist "%_pocx_jar%" goto jar_exists
>&2 echo pocx-aggregator: there is no program at "%_pocx_jar%"
exit /b 1

:jar_exists
if not defined POCX_PREPARE goto run
call :prepare_start
exit /b 0

:run
set "_pocx_more=%JAVA_OPTS%"
if defined POCX_JAVA_OPTS set "_pocx_more=%POCX_JAVA_OPTS%"
set "_pocx_short="
set "_pocx_kind="
set "_pocx_vectors="
for %%C in (healthcheck check completion help init reload --help --version -h -V) do if "%~1"=="%%C" set "_pocx_short=-XX:TieredStopAtLevel=1"
if "%~1"=="healthcheck" set "_pocx_kind=-healthcheck"
if "%~1"=="quality" call :find_vectors
set "_pocx_modules="
for /f "usebackq tokens=1,* delims==" %%A in ("%_pocx_java%\release") do if "%%A"=="MODULES" set "_pocx_modules=%%~B"
if not defined _pocx_modules exit /b 0
if not "%_pocx_modules:jdk.incubator.vector=%"=="%_pocx_modules%" set "_pocx_vectors=--add-modules=jdk.incubator.vector"
exit /b 0
